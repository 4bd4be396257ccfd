using System.Threading.Channels;

namespace Vae.Torch;

/// <summary>
/// Answers the rows of concurrent requests together: while a batch is computed, the next rows wait, and are then taken at once. One worker
/// computes, as a batch uses all cores.
/// </summary>
internal sealed class RowBatcher<T> : IAsyncDisposable
{
    private readonly Channel<Pending> queue;
    private readonly Func<float[,], T[]> answer;
    private readonly Action<int> onBatch;
    private readonly Action<int> onWaiting;
    private readonly int maxBatch;
    private readonly Task worker;

    /// <param name="options">Sizes of batches and of the queue.</param>
    /// <param name="answer">An answer for each of N rows, [N, W].</param>
    /// <param name="onBatch">Receives the number of rows of each batch.</param>
    /// <param name="onWaiting">Receives the change of the number of waiting rows.</param>
    public RowBatcher(VaeServiceOptions options, Func<float[,], T[]> answer, Action<int> onBatch, Action<int> onWaiting)
    {
        (this.answer, this.onBatch, this.onWaiting, maxBatch) = (answer, onBatch, onWaiting, options.MaxBatch);
        queue = Channel.CreateBounded<Pending>(new BoundedChannelOptions(options.MaxQueue) { SingleReader = true });
        worker = Task.Run(Work);
    }

    /// <summary>The answer for a row, computed with those of other requests.</summary>
    /// <exception cref="OperationCanceledException">The request was cancelled; its row is then left out of the next batch.</exception>
    /// <exception cref="ObjectDisposedException">The service was disposed.</exception>
    public async Task<T> Ask(float[] row, CancellationToken stop)
    {
        var pending = new Pending(row, stop);
        try
        {
            await queue.Writer.WriteAsync(pending, stop).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(VaeService));
        }
        onWaiting(1);
        return await pending.Answer.Task.WaitAsync(stop).ConfigureAwait(false);
    }

    /// <summary>Answers the rows that wait, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await worker.ConfigureAwait(false);
    }

    private async Task Work()
    {
        var batch = new List<Pending>();
        while (await queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            batch.Clear();
            while (batch.Count < maxBatch && queue.Reader.TryRead(out var next))
            {
                onWaiting(-1);
                if (!next.Stop.IsCancellationRequested)
                    batch.Add(next);
            }
            if (batch.Count > 0)
                Answer(batch);
        }
    }

    private void Answer(List<Pending> batch)
    {
        onBatch(batch.Count);
        var rows = new float[batch.Count, batch[0].Row.Length];
        for (var i = 0; i < batch.Count; i++)
            Buffer.BlockCopy(batch[i].Row, 0, rows, sizeof(float) * i * rows.GetLength(1), sizeof(float) * rows.GetLength(1));
        try
        {
            var answers = answer(rows);
            for (var i = 0; i < batch.Count; i++)
                batch[i].Answer.TrySetResult(answers[i]);
        }
        // The worker goes on; who asked learns of it.
        catch (Exception e)
        {
            foreach (var pending in batch)
                pending.Answer.TrySetException(e);
        }
    }

    private sealed record Pending(float[] Row, CancellationToken Stop)
    {
        public TaskCompletionSource<T> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
