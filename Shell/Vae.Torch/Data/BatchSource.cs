using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>
/// Batches of a data set on a device: converted from bytes to floats, binarized, with conditions. Pixels stay bytes until they
/// are needed; a batch is a view of buffers that the next batch overwrites. Not thread-safe.
/// </summary>
internal sealed class BatchSource : IDisposable
{
    /// <summary>Batch size of evaluation: large enough for efficient products, small enough to stay in cache.</summary>
    public const int EvaluatedAtOnce = 500;

    private readonly Tensor? items;
    private readonly PrefetchedItems? stored;
    private readonly Tensor? conditions;
    private readonly Tensor values;
    private readonly Tensor noise;
    private readonly Tensor given;
    private readonly Tensor? seen;
    private readonly Binarization binarization;
    private readonly KeyedNoise draws;
    private Tensor? order;
    private bool[]? labelled;
    private double labelledShare;

    /// <summary>Creates the batches of a data set.</summary>
    /// <param name="data">The examples; at least one.</param>
    /// <param name="condition">What the model is conditioned on.</param>
    /// <param name="binarization">How values in [0, 1] become 0 or 1, if at all.</param>
    /// <param name="batch">Examples in a batch, at least 1; a smaller set is one batch.</param>
    /// <param name="seed">Seed of shuffles and binarization.</param>
    /// <param name="device">Where the batches lie.</param>
    /// <exception cref="VaeException">The data has no values for the condition, or values outside its range.</exception>
    public BatchSource(Dataset data, Condition condition, Binarization binarization, int batch, ulong seed, Device device)
    {
        using var scope = NewDisposeScope();
        (Data, this.binarization) = (data, binarization);
        Batch = Math.Min(batch, data.Count);
        stored = data.Pixels.Stored is { } from ? new(from.Store, from.Items, Batch) : null;
        items = stored is null ? Items(data, device) : null;
        conditions = ConditionRows.ToTensor(data, condition, device);
        seen = Seen(data, condition, device);
        long[] dims = [Batch, .. data.Shape.Dims.Select(dim => (long)dim)];
        values = empty(dims, ScalarType.Float32, device);
        noise = empty(binarization is Binarization.Stochastic ? dims : [0], ScalarType.Float32, device);
        given = empty([Batch, Conditions.Shape(condition, data.Shape).Size], ScalarType.Float32, device);
        // Until here, the scope disposes them if an error is thrown.
        foreach (var tensor in All)
            tensor?.DetachFromDisposeScope();
        draws = new(seed, device);
    }

    public Dataset Data { get; }

    /// <summary>Number of blocks of examples that are shuffled together; 0 to shuffle all examples.</summary>
    public int ShuffleBlocks { get; init; }

    public int Batch { get; }

    /// <summary>Number of batches in a pass, the last incomplete one included.</summary>
    public long Batches => (Data.Count + Batch - 1) / Batch;

    /// <summary>Reads only a part of each batch from files; the rest of a batch must not be asked for.</summary>
    public void Restrict(Shard needed)
    {
        if (stored is not null)
            stored.Needed = needed;
    }

    /// <summary>Number of examples in the batch of an index.</summary>
    public long Count(long place) => Math.Min(Batch, Data.Count - place * Batch);

    /// <summary>
    /// Keeps the labels of some examples, drawn by the seed, and hides the others. Needs a label condition.
    /// </summary>
    /// <param name="count">Number of examples that keep their label.</param>
    /// <param name="share">The least part of each batch that has labels.</param>
    /// <param name="seed">The seed.</param>
    public void KeepLabels(int count, double share, ulong seed)
    {
        var kept = LabelledExamples.Forget(conditions!, count, seed);
        (labelled, labelledShare) = (share * Data.Count > count ? kept : null, share);
    }

    /// <summary>Shuffles the next pass; the order is a function of seed and epoch.</summary>
    public void Shuffle(long epoch)
    {
        order?.Dispose();
        using var scope = NewDisposeScope();
        var next = Repeated(ShuffleBlocks == 0 ? draws.Permutation(Data.Count, Purpose.Shuffle, epoch) : InBlocks(epoch));
        stored?.Follow(next);
        // Eight bytes an example, which those in files need for their conditions only.
        order = items is null && conditions is null ? null : next.MoveToOuterDisposeScope().DetachFromDisposeScope();
    }

    /// <summary>
    /// The batch of an index in the pass, in the order of the last shuffle (as stored, if there was none): values [b, ...] and
    /// conditions [b, W] or null, in the caller's scope, valid until the next call. Noise is keyed by (purpose, step).
    /// </summary>
    public (Tensor Values, Tensor? Condition) At(long place, Purpose purpose, long step) => At(place, purpose, step, Shard.Whole);

    /// <summary>
    /// A shard of the batch of an index: values [b, ...], perhaps none, and conditions. Noise is keyed by (purpose, step, shard), so that
    /// it does not depend on who asks for which shards.
    /// </summary>
    public (Tensor Values, Tensor? Condition) At(long place, Purpose purpose, long step, Shard shard)
    {
        var (first, count) = shard.Rows(Count(place));
        var start = place * Batch + first;
        var filled = values.narrow(0, 0, count);
        using var scope = NewDisposeScope();
        var index = order?.narrow(0, start, count);
        var picked = items is null ? stored!.At(place).narrow(0, first, count) : Pick(items, index, start, count);
        filled.copy_(picked.view(filled.shape));
        if (picked.dtype == ScalarType.Byte)
            filled.div_(Scalars.Get(255));
        Binarize(filled, purpose, shard.Key(step));
        if (conditions is null && seen is null)
            return (filled, null);
        var condition = given.narrow(0, 0, count);
        condition.copy_(seen is null ? Pick(conditions!, index, start, count) : filled.mul(seen).flatten(1));
        return (filled, condition.MoveToOuterDisposeScope());
    }

    /// <summary>
    /// Passes over the data once for evaluation: visits each batch, its conditions and its index, in a dispose scope each.
    /// Noise is keyed by the index and the batch size is fixed, so that all metrics see the same binarized examples.
    /// </summary>
    /// <param name="visit">The function.</param>
    /// <param name="first">The first batch to visit.</param>
    /// <param name="every">Visits each batch of this many.</param>
    public void Each(Action<Tensor, Tensor?, long> visit, int first = 0, int every = 1)
    {
        for (long place = first; place < Batches; place += every)
        {
            Interruptions.ThrowIfRequested();
            using var scope = NewDisposeScope();
            var (x, condition) = At(place, Purpose.EvaluateBinarize, place);
            visit(x, condition, place);
        }
    }

    public void Dispose()
    {
        foreach (var tensor in All)
            tensor?.Dispose();
        stored?.Dispose();
        draws.Dispose();
    }

    // Examples without blocks are in those of their order.
    private Tensor InBlocks(long epoch)
    {
        var blocks = Data.Blocks.IsEmpty ? ExampleBlocks.OfFiles([Data.Count]) : Data.Blocks;
        return tensor(BlockShuffles.Order(blocks.Span, ShuffleBlocks, draws.Seed, epoch).ToArray(), ScalarType.Int64, draws.Device);
    }

    private Tensor Repeated(Tensor next)
    {
        if (labelled is null)
            return next;
        using var host = next.cpu().to(ScalarType.Int32);
        return tensor(RepeatedLabels.Order(host.data<int>().ToArray(), labelled, labelledShare).ToArray(), ScalarType.Int64, draws.Device);
    }

    private Tensor?[] All => [items, conditions, values, noise, given, seen, order];

    private void Binarize(Tensor filled, Purpose purpose, long step)
    {
        if (binarization is Binarization.Threshold threshold)
            filled.copy_(filled.gt(Scalars.Get(threshold.At)));
        else if (binarization is Binarization.Stochastic)
        {
            // A uniform draw and a comparison take a fifth of the time of a Bernoulli draw.
            var uniform = noise.narrow(0, 0, filled.shape[0]);
            draws.Uniform(uniform, 0, 1, purpose, step);
            filled.copy_(uniform.lt(filled));
        }
    }

    private static Tensor Pick(Tensor from, Tensor? index, long start, long count) =>
        index is null ? from.narrow(0, start, count) : from.index_select(0, index);

    private static Tensor Items(Dataset data, Device device)
    {
        var host = data.Pixels.Match(bytes => Shared(bytes, ScalarType.Byte), floats => Shared(floats, ScalarType.Float32))
            .view(data.Count, data.ItemSize);
        return device.type == DeviceType.CPU ? host : host.to(device);
    }

    // Values that a condition shows of the image are taken from the batch, so that both are binarized alike.
    private static Tensor? Seen(Dataset data, Condition condition, Device device) => !Conditions.ShowsInput(condition) ? null
        : Array.ConvertAll(Conditions.Observed(condition, data.Shape).ToArray(), value => (float)value)
            .ToTensor(device, [1, .. data.Shape.Dims.Select(dim => (long)dim)]);

    // The tensor shares the data set's memory: the pixels are held once.
    private static Tensor Shared<T>(ReadOnlyMemory<T> values, ScalarType type) where T : struct =>
        MemoryMarshal.TryGetArray(values, out var array) && array.Array is { } owned
            ? frombuffer(owned, type, array.Count, array.Offset)
            : frombuffer(values.ToArray(), type, values.Length);
}
