using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>Trains small networks without checkpoints or validation, in keyed orders, with a dispose scope for each step.</summary>
internal static class Fits
{
    /// <summary>Visits each batch of <paramref name="epochs"/> passes, its conditions and the number of the step.</summary>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    public static void Run(BatchSource batches, int epochs, Action<Tensor, Tensor?, long> step, CancellationToken stop)
    {
        for (var number = 0L; number < epochs * batches.Batches; number++)
        {
            stop.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var (epoch, place) = Math.DivRem(number, batches.Batches);
            if (place == 0)
                batches.Shuffle(epoch);
            var (x, condition) = batches.At(place, Purpose.Binarize, number);
            step(x, condition, number);
        }
    }

    /// <summary>Minimizes a loss over the weights.</summary>
    /// <param name="weights">The trained weights.</param>
    /// <param name="train">Optimizer, clipping and number of epochs.</param>
    /// <param name="batches">The training data.</param>
    /// <param name="loss">The loss, [], of a batch [B, ...] and its conditions [B, W].</param>
    /// <param name="rate">The learning rate of a step.</param>
    /// <param name="stop">Cancels the training.</param>
    public static void Minimize(
        Weights weights, TrainSpec train, BatchSource batches,
        Func<Tensor, Tensor?, Tensor> loss, Func<long, double> rate, CancellationToken stop)
    {
        using var state = new OptimizerState(weights);
        using var optimizer = new Fused(weights, state, train);
        Run(batches, train.Epochs, (x, condition, number) =>
        {
            weights.Gradient.zero_();
            loss(x, condition).backward();
            optimizer.Step(rate(number));
        }, stop);
    }
}
