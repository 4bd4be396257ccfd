using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>
/// Batches of items that lie outside memory, read ahead by other threads: a ring of batches, each filled by a task of its
/// own, so that memory is bounded whatever the set's size. What a batch holds is a function of its place and the order alone.
/// </summary>
internal sealed class PrefetchedItems : IDisposable
{
    // One that is used and one that is read; more than eight hide no more of the disk.
    private const int MinSlots = 2, MaxSlots = 8;

    private readonly IPixelStore store;
    private readonly int[] items;
    private readonly int batch;
    private readonly Slot[] ring;
    private long[]? order;

    /// <summary>Some items of a store, in batches of a size.</summary>
    public PrefetchedItems(IPixelStore store, int[] items, int batch)
    {
        (this.store, this.items, this.batch) = (store, items, batch);
        var size = (long)batch * store.ItemSize;
        if (size > Array.MaxLength)
            throw new VaeException($"train.batch: must be at most {Array.MaxLength / store.ItemSize} for pictures of {store.ItemSize} bytes, got {batch}");
        ring = [.. Enumerable.Range(0, (int)Math.Clamp(store.Memory / Math.Max(size, 1), MinSlots, MaxSlots)).Select(_ => new Slot(batch, store.ItemSize))];
    }

    /// <summary>Bytes that batches may take.</summary>
    public long BufferedBytes => ring.Sum(slot => slot.Bytes.LongLength);

    /// <summary>Takes the items in this order from now on; int64 [N].</summary>
    public void Follow(Tensor order)
    {
        foreach (var slot in ring)
            slot.Empty();
        using var scope = NewDisposeScope();
        this.order = order.cpu().data<long>().ToArray();
    }

    /// <summary>The bytes of the batch at a place, [b, item size], valid until the next call; those after it are begun.</summary>
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
        var (from, count, sequence) = (place * batch, Count(place), order);
        slot.Filling = Task.Run(() =>
        {
            for (var i = 0; i < count; i++)
                store.Read(items[sequence is null ? from + i : sequence[from + i]], slot.Bytes.AsSpan(i * store.ItemSize, store.ItemSize));
        });
    }

    private sealed class Slot
    {
        public Slot(int batch, int itemSize)
        {
            Bytes = new byte[batch * itemSize];
            using var flat = frombuffer(Bytes, ScalarType.Byte, Bytes.Length);
            Tensor = flat.view(batch, itemSize).DetachFromDisposeScope();
        }

        public byte[] Bytes { get; }

        public Tensor Tensor { get; }

        public long Place { get; set; } = -1;

        public Task Filling { get; set; } = Task.CompletedTask;

        /// <summary>Waits for what is being read into it; what went wrong with that is nobody's concern any more.</summary>
        public void Empty()
        {
            _ = Task.WaitAny(Filling);
            Place = -1;
        }
    }
}
