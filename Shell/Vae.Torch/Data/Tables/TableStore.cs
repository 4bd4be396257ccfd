using System.Runtime.InteropServices;

namespace Vae.Torch;

/// <summary>
/// The rows of a table that is larger than memory, as numbers of its schema: a few groups of rows are held, those that were used last. With
/// a mask, each row is followed by 1 for an observed value and 0, like the value, for a missing one.
/// </summary>
internal sealed class TableStore : IPixelStore
{
    private readonly TableGroups groups;
    private readonly TableReading reading;
    private readonly bool decimalComma, hasMask;
    private readonly Lock gate = new();
    private readonly Dictionary<int, Task<float[]>> held = [];
    private readonly List<int> used = [];
    private readonly int max;
    private readonly Lazy<TableStore> masked;

    /// <summary>Creates the rows of a file.</summary>
    /// <param name="groups">The file.</param>
    /// <param name="reading">What it is read as.</param>
    /// <param name="decimalComma">Whether numbers have a decimal comma.</param>
    /// <param name="mixed">Number of groups whose rows are shuffled together; as many again are read ahead.</param>
    /// <param name="memory">Maximum number of bytes of rows to hold at a time.</param>
    /// <param name="hasMask">Whether rows have a mask.</param>
    /// <exception cref="VaeException">The groups are larger than the memory.</exception>
    public TableStore(TableGroups groups, TableReading reading, bool decimalComma, int mixed, long memory, bool hasMask = false)
    {
        (this.groups, this.reading, this.decimalComma, Memory, this.hasMask) = (groups, reading, decimalComma, memory, hasMask);
        max = (int)Math.Min(2L * mixed, groups.Counts.Count);
        Ahead = mixed < groups.Counts.Count ? (int)Math.Min((long)mixed * groups.Count / groups.Counts.Count / 2, int.MaxValue) : 0;
        var needed = max * (long)groups.Counts.Max() * ItemSize;
        VaeException.Require(needed <= memory, "data.memory",
            $"must be at least {(needed >> 20) + 1} MiB to hold {max} row groups of {groups.Path} of up to "
            + $"{groups.Counts.Max():N0} rows (fewer data.shuffleBlocks or smaller row groups need less)", $"{memory >> 20} MiB");
        masked = new(() => new(groups, reading, decimalComma, mixed, memory, hasMask: true));
    }

    public int Count => groups.Count;

    public int ItemSize => sizeof(float) * reading.Schema.Width * (hasMask ? 2 : 1);

    public bool IsFloat => true;

    public bool IsScanned => true;

    public long Memory { get; }

    public int Ahead { get; }

    public IPixelStore? WithMask() => hasMask ? null : masked.Value;

    public bool IsBinary(int item)
    {
        var row = new float[ItemSize / sizeof(float)];
        Read(item, MemoryMarshal.AsBytes(row.AsSpan()));
        return row.AsSpan().IndexOfAnyExcept(0f, 1f) < 0;
    }

    public void Read(int item, Span<byte> into)
    {
        var (group, row) = groups.Find(item);
        MemoryMarshal.AsBytes(Held(group).GetAwaiter().GetResult().AsSpan()).Slice(row * ItemSize, ItemSize).CopyTo(into);
    }

    public void Prepare(int item) => _ = Held(groups.Find(item).Group);

    // One task for a group, however many threads want it: they would wait for each other on all threads of the pool.
    private Task<float[]> Held(int group)
    {
        lock (gate)
        {
            if (held.TryGetValue(group, out var known))
            {
                if (used[^1] != group)
                {
                    used.Remove(group);
                    used.Add(group);
                }
                return known;
            }
            if (used.Count == max)
            {
                held.Remove(used[0]);
                used.RemoveAt(0);
            }
            used.Add(group);
            var values = held[group] = Task.Run(() => Values(group));
            // What is wrong with a group that was only prepared is said when it is read.
            _ = values.ContinueWith(done => done.Exception, TaskScheduler.Default);
            return values;
        }
    }

    private float[] Values(int group)
    {
        var values = TableEncoding.Values(reading, groups.Cells(group), decimalComma);
        return hasMask ? Pixels.Masked(values, reading.Schema.Width, 1f, float.IsNaN) : values;
    }
}
