namespace Vae.Torch;

/// <summary>How the numbers of a file are meant.</summary>
/// <param name="RawValues">As they are, such as counts and columns of a table; else they are intensities.</param>
/// <param name="Masked">Whether some may be missing, which is NaN.</param>
public sealed record Reading(bool RawValues = false, bool Masked = false);

/// <summary>The values of many items, one after the other: intensities in [0, 1], held as bytes (value·255) where that loses nothing, or numbers as they were given.</summary>
public abstract class Pixels
{
    private Pixels() { }

    /// <summary>Values held.</summary>
    public abstract long Length { get; }

    /// <summary>Whether every value is 0 or 1.</summary>
    public virtual bool IsBinary => Match(
        bytes => bytes.Span.IndexOfAnyExcept((byte)0, (byte)255) < 0,
        floats => floats.Span.IndexOfAnyExcept(0f, 1f) < 0);

    /// <summary>The two forms; items that lie in files are all read.</summary>
    public abstract TResult Match<TResult>(Func<ReadOnlyMemory<byte>, TResult> bytes, Func<ReadOnlyMemory<float>, TResult> floats);

    /// <summary>The values from <paramref name="start"/> on.</summary>
    public abstract void CopyTo(long start, Span<float> destination);

    /// <summary>The items at <paramref name="indices"/>, each of <paramref name="size"/> values, in that order.</summary>
    internal abstract Pixels Take(ReadOnlySpan<int> indices, int size);

    /// <summary>Where items lie, and which of them these are, if they are not in memory.</summary>
    internal virtual (IPixelStore Store, int[] Items)? Stored => null;

    /// <summary>Items that are read when they are needed.</summary>
    internal static Pixels OfStore(IPixelStore store) => new StoredForm(store, [.. Enumerable.Range(0, store.Count)]);

    /// <summary>Bytes; each stands for byte / 255.</summary>
    public static Pixels OfBytes(ReadOnlyMemory<byte> values) => new ByteForm(values);

    /// <summary>Floats, which the caller has checked.</summary>
    internal static Pixels OfFloats(ReadOnlyMemory<float> values) => new FloatForm(values);

    /// <summary>
    /// Decides what numbers mean: all 0 or 1 are off and on; all in [0, 1] are taken as they are; whole numbers in 0..255 are bytes.
    /// Anything else is refused, unless they are to be taken as they are; <paramref name="where"/> turns an index into the place for the message.
    /// </summary>
    public static Pixels OfNumbers(float[] values, Func<int, string> where, Reading? reading = null)
    {
        var (asGiven, masked) = (reading is { RawValues: true }, reading is { Masked: true });
        bool unit = true, whole = true, missing = false;
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i];
            if (masked && float.IsNaN(value))
            {
                missing = true;
                continue;
            }
            if (asGiven ? !float.IsFinite(value) : !(value is >= 0 and <= 255))
                throw Refused(where(i), asGiven, value);
            unit &= value is >= 0 and <= 1;
            whole &= value == MathF.Truncate(value);
        }
        if (asGiven)
            return OfFloats(values);
        if (!unit && !whole)
            throw Mixed(values, where);
        return missing ? OfFloats(unit ? values : Array.ConvertAll(values, v => v / 255))
            : whole ? OfBytes(Array.ConvertAll(values, v => (byte)(unit ? v * 255 : v))) : OfFloats(values);
    }

    private static VaeException Refused(string where, bool rawValues, float value) => new(
        $"{where}: must be {(rawValues ? "a finite number" : "a number in [0, 1], or a whole number in 0..255")}, got {value}"
        + (float.IsNaN(value) ? " (missing values need --likelihood masked:…)" : rawValues ? "" : " (--values raw takes numbers as they are)"));

    private static VaeException Mixed(float[] values, Func<int, string> where)
    {
        var large = Array.FindIndex(values, v => v > 1);
        var broken = Array.FindIndex(values, v => v != MathF.Truncate(v) && !float.IsNaN(v));
        return new($"{where(large)}: must be at most 1, since {where(broken)} is the fraction {values[broken]}, got {values[large]} (--values raw takes numbers as they are)");
    }

    /// <summary>Each item of <paramref name="size"/> values followed by its mask: 1 where a value is known; 0, as is the value then, where it is NaN.</summary>
    internal Pixels WithMask(int size) => Stored is not null
        ? throw new VaeException("data.masked: must be left out for pictures that are read from a folder as they are needed, of which no value is missing, got a mask")
        : Match(bytes => OfBytes(Masked<byte>(bytes.Span, size, 255, _ => false)), floats => OfFloats(Masked(floats.Span, size, 1f, float.IsNaN)));

    private static T[] Masked<T>(ReadOnlySpan<T> values, int size, T known, Func<T, bool> isMissing) where T : struct
    {
        var all = new T[checked(2 * values.Length)];
        for (var i = 0; i < values.Length; i++)
            if (!isMissing(values[i]))
                (all[i / size * 2 * size + i % size], all[i / size * 2 * size + size + i % size]) = (values[i], known);
        return all;
    }

    internal static T[] Gather<T>(ReadOnlySpan<T> values, ReadOnlySpan<int> indices, int size)
    {
        var taken = new T[checked(indices.Length * size)];
        for (var i = 0; i < indices.Length; i++)
            values.Slice(indices[i] * size, size).CopyTo(taken.AsSpan(i * size));
        return taken;
    }

    private sealed class ByteForm(ReadOnlyMemory<byte> values) : Pixels
    {
        public override long Length => values.Length;

        public override TResult Match<TResult>(Func<ReadOnlyMemory<byte>, TResult> bytes, Func<ReadOnlyMemory<float>, TResult> floats) => bytes(values);

        public override void CopyTo(long start, Span<float> destination)
        {
            var from = values.Span.Slice((int)start, destination.Length);
            for (var i = 0; i < from.Length; i++)
                destination[i] = from[i] / 255f;
        }

        internal override Pixels Take(ReadOnlySpan<int> indices, int size) => OfBytes(Gather(values.Span, indices, size));
    }

    private sealed class FloatForm(ReadOnlyMemory<float> values) : Pixels
    {
        public override long Length => values.Length;

        public override TResult Match<TResult>(Func<ReadOnlyMemory<byte>, TResult> bytes, Func<ReadOnlyMemory<float>, TResult> floats) => floats(values);

        public override void CopyTo(long start, Span<float> destination) => values.Span.Slice((int)start, destination.Length).CopyTo(destination);

        internal override Pixels Take(ReadOnlySpan<int> indices, int size) => OfFloats(Gather(values.Span, indices, size));
    }

    private sealed class StoredForm(IPixelStore store, int[] items) : Pixels
    {
        public override long Length => (long)items.Length * store.ItemSize;

        public override bool IsBinary => Array.TrueForAll(items, store.IsBinary);

        internal override (IPixelStore Store, int[] Items)? Stored => (store, items);

        public override TResult Match<TResult>(Func<ReadOnlyMemory<byte>, TResult> bytes, Func<ReadOnlyMemory<float>, TResult> floats)
        {
            var all = new byte[checked((int)Length)];
            for (var i = 0; i < items.Length; i++)
                store.Read(items[i], all.AsSpan(i * store.ItemSize, store.ItemSize));
            return bytes(all);
        }

        public override void CopyTo(long start, Span<float> destination)
        {
            var item = new byte[store.ItemSize];
            for (var done = 0; done < destination.Length;)
            {
                var (which, offset) = Math.DivRem(start + done, store.ItemSize);
                store.Read(items[which], item);
                var part = item.AsSpan((int)offset, (int)Math.Min(store.ItemSize - offset, destination.Length - done));
                OfBytes(part.ToArray()).CopyTo(0, destination.Slice(done, part.Length));
                done += part.Length;
            }
        }

        internal override Pixels Take(ReadOnlySpan<int> indices, int size) => new StoredForm(store, Gather<int>(items, indices, 1));
    }
}
