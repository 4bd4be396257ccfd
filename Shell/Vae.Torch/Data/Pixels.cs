using System.Runtime.InteropServices;

namespace Vae.Torch;

/// <summary>What the numbers of a file mean.</summary>
/// <param name="RawValues">Whether they are raw values, such as counts and the columns of a table; else they are intensities.</param>
/// <param name="Masked">Whether values may be missing, marked as NaN.</param>
public sealed record Reading(bool RawValues = false, bool Masked = false);

/// <summary>
/// The values of many examples, one after the other: intensities in [0, 1], stored as bytes (value·255) if that is exact, or raw
/// values.
/// </summary>
public abstract class Pixels
{
    private Pixels() { }

    /// <summary>Number of values.</summary>
    public abstract long Length { get; }

    /// <summary>Whether every value is 0 or 1.</summary>
    public virtual bool IsBinary => Match(
        bytes => bytes.Span.IndexOfAnyExcept((byte)0, (byte)255) < 0,
        floats => floats.Span.IndexOfAnyExcept(0f, 1f) < 0);

    /// <summary>Calls the function for the form in which the values are stored; examples in files are all read, as bytes.</summary>
    /// <param name="bytes">Function for bytes, each 255 times an intensity.</param>
    /// <param name="floats">Function for floats.</param>
    /// <returns>The function's result.</returns>
    public abstract TResult Match<TResult>(Func<ReadOnlyMemory<byte>, TResult> bytes, Func<ReadOnlyMemory<float>, TResult> floats);

    /// <summary>Copies values, as floats.</summary>
    /// <param name="start">Index of the first value.</param>
    /// <param name="destination">Receives as many values as it has room for.</param>
    public abstract void CopyTo(long start, Span<float> destination);

    /// <summary>Copies the examples at <paramref name="indices"/>, each of <paramref name="size"/> values, in that order.</summary>
    internal abstract Pixels Take(ReadOnlySpan<int> indices, int size);

    /// <summary>The store of examples outside memory and the indices into it; null for values in memory.</summary>
    internal virtual (IPixelStore Store, int[] Items)? Stored => null;

    /// <summary>Whether the values may be any bytes and need not be looked at for facts: they are drawn when they are first used.</summary>
    internal virtual bool IsDrawn => false;

    /// <summary>Intensities that are drawn when they are first used.</summary>
    /// <param name="length">Number of values.</param>
    /// <param name="isBinary">Whether every value is 0 or 1.</param>
    /// <param name="draw">The values, each 255 times an intensity.</param>
    internal static Pixels OfDrawing(long length, bool isBinary, Func<byte[]> draw) => new DrawnForm(length, isBinary, draw);

    /// <summary>The examples of a store, read on demand.</summary>
    internal static Pixels OfStore(IPixelStore store) => new StoredForm(store, [.. Enumerable.Range(0, store.Count)]);

    /// <summary>Intensities from bytes.</summary>
    /// <param name="values">Each byte is 255 times an intensity; not copied.</param>
    public static Pixels OfBytes(ReadOnlyMemory<byte> values) => new ByteForm(values);

    /// <summary>Values from floats, which the caller has checked; not copied.</summary>
    internal static Pixels OfFloats(ReadOnlyMemory<float> values) => new FloatForm(values);

    /// <summary>
    /// Values from numbers. Intensities are either all in [0, 1] or all whole numbers in 0 … 255, which are divided by 255; raw
    /// values are kept as they are.
    /// </summary>
    /// <param name="values">The numbers; NaN marks a missing value.</param>
    /// <param name="where">Turns an index into its position in the file, for messages.</param>
    /// <param name="reading">What the numbers mean; null for intensities without missing values.</param>
    /// <exception cref="VaeException">A number is out of range, or missing where that is not allowed.</exception>
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
        + (float.IsNaN(value) ? " (missing values need data.masked=true)"
            : rawValues ? "" : " (data.rawValues=true takes numbers as they are)"));

    private static VaeException Mixed(float[] values, Func<int, string> where)
    {
        var large = Array.FindIndex(values, v => v > 1);
        var broken = Array.FindIndex(values, v => v != MathF.Truncate(v) && !float.IsNaN(v));
        return new($"{where(large)}: must be at most 1, since {where(broken)} is the fraction {values[broken]}, "
            + $"got {values[large]} (data.rawValues=true takes numbers as they are)");
    }

    /// <summary>
    /// A copy with a mask after each example of <paramref name="size"/> values: 1 if observed; 0, like the value, if NaN.
    /// </summary>
    internal Pixels WithMask(int size) => Stored is { } stored && stored.Store.WithMask() is { } masked
        ? new StoredForm(masked, stored.Items)
        : Stored is { Store.IsScanned: true }
        ? throw new VaeException("data.masked: must be false for a file that is read in parts (hold it in memory: data.memory), got true")
        : Stored is not null ? throw new VaeException(
            "data.masked: must be false for pictures that are read from a folder on demand "
            + "(none of their values is missing), got true")
        : Match(bytes => OfBytes(Masked<byte>(bytes.Span, size, 255, _ => false)),
            floats => OfFloats(Masked(floats.Span, size, 1f, float.IsNaN)));

    /// <summary>Values with a mask after each example.</summary>
    internal static T[] Masked<T>(ReadOnlySpan<T> values, int size, T known, Func<T, bool> isMissing) where T : struct
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

        public override TResult Match<TResult>(
            Func<ReadOnlyMemory<byte>, TResult> bytes, Func<ReadOnlyMemory<float>, TResult> floats) => bytes(values);

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

        public override TResult Match<TResult>(
            Func<ReadOnlyMemory<byte>, TResult> bytes, Func<ReadOnlyMemory<float>, TResult> floats) => floats(values);

        public override void CopyTo(long start, Span<float> destination) =>
            values.Span.Slice((int)start, destination.Length).CopyTo(destination);

        internal override Pixels Take(ReadOnlySpan<int> indices, int size) => OfFloats(Gather(values.Span, indices, size));
    }

    private sealed class StoredForm(IPixelStore store, int[] items) : Pixels
    {
        private int Size => store.ItemSize / (store.IsFloat ? sizeof(float) : 1);

        public override long Length => (long)items.Length * Size;

        public override bool IsBinary => Array.TrueForAll(items, store.IsBinary);

        internal override (IPixelStore Store, int[] Items)? Stored => (store, items);

        public override TResult Match<TResult>(Func<ReadOnlyMemory<byte>, TResult> bytes, Func<ReadOnlyMemory<float>, TResult> floats)
        {
            if (store.IsFloat)
            {
                var values = new float[checked((int)Length)];
                CopyTo(0, values);
                return floats(values);
            }
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
                var (which, offset) = Math.DivRem(start + done, Size);
                store.Read(items[which], item);
                var part = destination.Slice(done, (int)Math.Min(Size - offset, destination.Length - done));
                if (store.IsFloat)
                    MemoryMarshal.Cast<byte, float>(item).Slice((int)offset, part.Length).CopyTo(part);
                else
                    for (var i = 0; i < part.Length; i++)
                        part[i] = item[(int)offset + i] / 255f;
                done += part.Length;
            }
        }

        internal override Pixels Take(ReadOnlySpan<int> indices, int size) => new StoredForm(store, Gather<int>(items, indices, 1));
    }

    private sealed class DrawnForm(long length, bool isBinary, Func<byte[]> draw) : Pixels
    {
        private readonly Lazy<Pixels> drawn = new(() => OfBytes(draw()));

        public override long Length => length;

        public override bool IsBinary => isBinary;

        internal override bool IsDrawn => true;

        public override TResult Match<TResult>(
            Func<ReadOnlyMemory<byte>, TResult> bytes, Func<ReadOnlyMemory<float>, TResult> floats) => drawn.Value.Match(bytes, floats);

        public override void CopyTo(long start, Span<float> destination) => drawn.Value.CopyTo(start, destination);

        internal override Pixels Take(ReadOnlySpan<int> indices, int size) => drawn.Value.Take(indices, size);
    }
}
