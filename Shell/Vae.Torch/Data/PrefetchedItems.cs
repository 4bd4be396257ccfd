using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>
/// Reads batches of examples outside memory ahead, on other threads: a ring of batches, each filled by a task, bounds the memory
/// whatever the size of the data set. The content of a batch depends only on its index and the order.
/// </summary>
internal sealed class PrefetchedItems : IDisposable
{
    // One in use and one being read; more than eight hide no more of the disk's latency.
    private const int MinSlots = 2, MaxSlots = 8;

    private readonly IPixelStore store;
    private readonly int[] items;
    private readonly int batch;
    private readonly Slot[] ring;
    private int[]? order;

    /// <summary>Creates batches of the examples of a store at some indices.</summary>
    /// <exception cref="VaeException">A batch does not fit into an array.</exception>
    public PrefetchedItems(IPixelStore store, int[] items, int batch)
    {
        (this.store, this.items, this.batch) = (store, items, batch);
        var size = (long)batch * store.ItemSize;
        if (size > Array.MaxLength)
            throw new VaeException(
                $"train.batch: must be at most {Array.MaxLength / store.ItemSize} for pictures of {store.ItemSize} bytes, got {batch}");
        var slots = (int)Math.Clamp(store.Memory / Math.Max(size, 1), MinSlots, MaxSlots);
        ring = [.. Enumerable.Range(0, slots).Select(_ => new Slot(batch, store))];
    }

    /// <summary>Number of bytes of all buffers.</summary>
    public long BufferedBytes => ring.Length * (long)batch * store.ItemSize;

    /// <summary>The rows of a batch that are read; the others stay as they are. By default all.</summary>
    public Shard Needed { get; set; } = Shard.Whole;

    /// <summary>Sets the order of the examples; int64 [N].</summary>
    public void Follow(Tensor order)
    {
        foreach (var slot in ring)
            slot.Empty();
        using var scope = NewDisposeScope();
        this.order = order.cpu().to(ScalarType.Int32).data<int>().ToArray();
    }

    /// <summary>
    /// The values of the batch of an index, [b, values], valid until the next call. Starts to read the batches after it.
    /// </summary>
    public Tensor At(long place)
    {
        var batches = (items.Length + batch - 1) / batch;
        for (var next = place; next < Math.Min(place + ring.Length, batches); next++)
            Begin(ring[next % ring.Length], next);
        var slot = ring[place % ring.Length];
        slot.Filling.GetAwaiter().GetResult();
        return slot.Tensor.narrow(0, 0, Count(place));
    }

    public void Dispose()
    {
        foreach (var slot in ring)
        {
            slot.Empty();
            slot.Tensor.Dispose();
        }
    }

    private long Count(long place) => Math.Min(batch, items.Length - place * batch);

    private void Begin(Slot slot, long place)
    {
        if (slot.Place == place)
            return;
        slot.Empty();
        slot.Place = place;
        var (from, (first, count), sequence) = (place * batch, Needed.Rows(Count(place)), order);
        slot.Filling = Task.Run(() =>
        {
            for (var later = from + store.Ahead; store.Ahead > 0 && later < Math.Min(from + store.Ahead + batch, items.Length); later++)
                store.Prepare(items[sequence is null ? later : sequence[later]]);
            for (var i = (int)first; i < first + count; i++)
                store.Read(items[sequence is null ? from + i : sequence[from + i]], slot.Item(i));
        });
    }

    private sealed class Slot
    {
        private readonly byte[] bytes;
        private readonly float[] floats;
        private readonly int itemSize;

        public Slot(int batch, IPixelStore store)
        {
            itemSize = store.ItemSize;
            bytes = new byte[store.IsFloat ? 0 : batch * itemSize];
            floats = new float[store.IsFloat ? batch * itemSize / sizeof(float) : 0];
            using var flat = store.IsFloat
                ? frombuffer(floats, ScalarType.Float32, floats.Length) : frombuffer(bytes, ScalarType.Byte, bytes.Length);
            Tensor = flat.view(batch, -1).DetachFromDisposeScope();
        }

        /// <summary>The bytes of an example.</summary>
        public Span<byte> Item(int i) =>
            (floats.Length > 0 ? MemoryMarshal.AsBytes(floats.AsSpan()) : bytes).Slice(i * itemSize, itemSize);

        public Tensor Tensor { get; }

        public long Place { get; set; } = -1;

        public Task Filling { get; set; } = Task.CompletedTask;

        /// <summary>Waits for the task that fills the slot and ignores its error: the batch is no longer needed.</summary>
        public void Empty()
        {
            _ = Task.WaitAny(Filling);
            Place = -1;
        }
    }
}
