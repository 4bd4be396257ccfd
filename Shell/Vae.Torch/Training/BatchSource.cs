using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>
/// A data set on a device, and batches of it: bytes → floats, binarized, with conditions. Pixels stay bytes until they are
/// needed; a batch is a view of buffers that the next batch overwrites.
/// </summary>
internal sealed class BatchSource : IDisposable
{
    private readonly Tensor? items;
    private readonly PrefetchedItems? stored;
    private readonly Tensor? conditions;
    private readonly Tensor values;
    private readonly Tensor noise;
    private readonly Tensor given;
    private readonly Binarization binarization;
    private readonly KeyedNoise draws;
    private Tensor? order;

    public BatchSource(Dataset data, Condition condition, Binarization binarization, int batch, ulong seed, Device device)
    {
        using var scope = NewDisposeScope();
        (Data, this.binarization) = (data, binarization);
        Batch = Math.Min(batch, data.Count);
        stored = data.Pixels.Stored is { } from ? new(from.Store, from.Items, Batch) : null;
        items = stored is null ? Items(data, device) : null;
        conditions = ConditionsOf(data, condition, device);
        long[] dims = [Batch, .. data.Shape.Dims.Select(dim => (long)dim)];
        values = empty(dims, ScalarType.Float32, device);
        noise = empty(binarization is Binarization.Stochastic ? dims : [0], ScalarType.Float32, device);
        given = empty([Batch, Conditions.Width(condition)], ScalarType.Float32, device);
        // Until here the scope would dispose them, should a condition be refused.
        foreach (var tensor in All)
            tensor?.DetachFromDisposeScope();
        draws = new(seed, device);
    }

    public Dataset Data { get; }

    public int Batch { get; }

    /// <summary>Batches in one pass, the last incomplete one included.</summary>
    public long Batches => (Data.Count + Batch - 1) / Batch;

    /// <summary>Orders the coming pass by a keyed shuffle.</summary>
    public void Shuffle(long epoch)
    {
        order?.Dispose();
        order = draws.Permutation(Data.Count, Purpose.Shuffle, epoch).DetachFromDisposeScope();
        stored?.Follow(order);
    }

    /// <summary>
    /// The batch at a place of the pass, in the order of the last shuffle (as stored, if there was none): values [b, ...] and
    /// conditions [b, W] or null, in the caller's scope, valid until the next call. Noise is keyed by (purpose, step).
    /// </summary>
    public (Tensor Values, Tensor? Condition) At(long place, Purpose purpose, long step)
    {
        long start = place * Batch, count = Math.Min(Batch, Data.Count - start);
        var filled = values.narrow(0, 0, count);
        using var scope = NewDisposeScope();
        var index = order?.narrow(0, start, count);
        var picked = items is null ? stored!.At(place) : Pick(items, index, start, count);
        filled.copy_(picked.view(filled.shape));
        if (picked.dtype == ScalarType.Byte)
            filled.div_(Scalars.Of(255));
        Binarize(filled, purpose, step);
        if (conditions is null)
            return (filled, null);
        var condition = given.narrow(0, 0, count);
        condition.copy_(Pick(conditions, index, start, count));
        return (filled, condition.MoveToOuterDisposeScope());
    }

    public void Dispose()
    {
        foreach (var tensor in All)
            tensor?.Dispose();
        stored?.Dispose();
        draws.Dispose();
    }

    private Tensor?[] All => [items, conditions, values, noise, given, order];

    private void Binarize(Tensor filled, Purpose purpose, long step)
    {
        if (binarization is Binarization.Threshold threshold)
            filled.copy_(filled.gt(Scalars.Of(threshold.At)));
        else if (binarization is Binarization.Stochastic)
        {
            // A uniform draw and a comparison: a fifth of the time of a Bernoulli draw.
            var uniform = noise.narrow(0, 0, filled.shape[0]);
            draws.Uniform(uniform, 0, 1, purpose, step);
            filled.copy_(uniform.lt(filled));
        }
    }

    private static Tensor Pick(Tensor from, Tensor? index, long start, long count) =>
        index is null ? from.narrow(0, start, count) : from.index_select(0, index);

    private static Tensor Items(Dataset data, Device device)
    {
        var host = data.Pixels.Match(bytes => Shared(bytes, ScalarType.Byte), floats => Shared(floats, ScalarType.Float32)).view(data.Count, data.ItemSize);
        return device.type == DeviceType.CPU ? host : host.to(device);
    }

    // The tensor reads the data set's own memory: there is one copy of the pixels, not two.
    private static Tensor Shared<T>(ReadOnlyMemory<T> values, ScalarType type) where T : struct =>
        MemoryMarshal.TryGetArray(values, out var array) && array.Array is { } owned
            ? frombuffer(owned, type, array.Count, array.Offset)
            : frombuffer(values.ToArray(), type, values.Length);

    private static Tensor? ConditionsOf(Dataset data, Condition condition, Device device) => condition.Match<Tensor?>(
        none: _ => null,
        label: l => data.HasLabels ? OneHot(data.Labels.Span, l.Classes, device)
            : throw new VaeException($"{data.Name}.labels: must be there for a model with the condition label, got none"),
        vector: _ => throw new VaeException("model.condition: vectors are given by the caller, not by a data set; got a data set alone"));

    /// <summary>Labels as one-hot rows [N, classes]; <see cref="VaeException"/> for a label out of range.</summary>
    public static Tensor OneHot(ReadOnlySpan<int> labels, int classes, Device device)
    {
        var hot = new float[labels.Length * classes];
        for (var i = 0; i < labels.Length; i++)
            hot[i * classes + (labels[i] >= 0 && labels[i] < classes ? labels[i]
                : throw new VaeException($"labels[{i}]: must be 0 … {classes - 1}, got {labels[i]}"))] = 1;
        return hot.ToTensor(device, labels.Length, classes);
    }
}
