using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Vae.Torch;

/// <summary>The start of a .npy file.</summary>
/// <param name="Dtype">The type of a value, as <c>&lt;f4</c>.</param>
/// <param name="Fortran">Whether the first dimension varies fastest.</param>
/// <param name="Shape">The dimensions.</param>
/// <param name="Start">Offset of the first value in the file.</param>
internal sealed record NpyForm(string Dtype, bool Fortran, int[] Shape, long Start);

/// <summary>
/// The examples of a .npy file of any size, read where they are needed: bytes as bytes, other numbers as floats unless all are whole
/// intensities. Reads by offset and not through mapped memory, in which a file that another program shortens ends the process, and whose
/// pages count as memory of the process.
/// </summary>
internal sealed class NpyStore : IPixelStore
{
    private const int Chunk = 1 << 20;

    private readonly string path;
    private readonly NpyForm form;
    private readonly Shape shape;
    private readonly bool channelsLast, isDirect;
    private readonly SafeFileHandle file;
    private readonly float scale = 1;

    /// <summary>Opens a file and looks at every value once, so that a bad one is reported before training begins.</summary>
    /// <param name="path">The file.</param>
    /// <param name="form">Its start.</param>
    /// <param name="shape">The shape of an example, channels first.</param>
    /// <param name="channelsLast">Whether the file has channels last.</param>
    /// <param name="reading">What the numbers mean.</param>
    /// <param name="memory">Maximum number of bytes of examples to hold at a time.</param>
    /// <exception cref="VaeException">The file has another size than its header says, or a value is out of range.</exception>
    public NpyStore(string path, NpyForm form, Shape shape, bool channelsLast, Reading reading, long memory)
    {
        (this.path, this.form, this.shape, this.channelsLast, Memory) = (path, form, shape, channelsLast, memory);
        VaeException.Require(!form.Fortran, path, "must be in C order to be read in parts (numpy.ascontiguousarray)", "Fortran order");
        VaeException.Require(NpyValues.Size(form.Dtype) > 0 && !NpyValues.IsText(form.Dtype), $"{path}.dtype",
            $"must be a type of numbers ({NpyValues.Known})", form.Dtype);
        file = Disk.Read(path, _ => File.OpenHandle(path, options: FileOptions.RandomAccess));
        var length = RandomAccess.GetLength(file);
        VaeException.Require(length == form.Start + Count * RowBytes, path,
            $"must have the {form.Start + Count * RowBytes} bytes that its header announces", length);
        var isByte = form.Dtype == "|u1" && !reading.RawValues;
        (IsFloat, scale) = isByte ? (false, HasLevels() ? 1 : 255f) : Scan(reading);
        isDirect = isByte && scale == 1 && !channelsLast;
    }

    public int Count => form.Shape[0];

    public bool IsFloat { get; }

    public bool IsScanned => true;

    public int ItemSize => Size * (IsFloat ? sizeof(float) : 1);

    public long Memory { get; }

    private int Size => (int)shape.Size;

    private long RowBytes => shape.Size * NpyValues.Size(form.Dtype);

    public bool IsBinary(int item)
    {
        var row = ArrayPool<byte>.Shared.Rent(ItemSize);
        var bytes = row.AsSpan(0, ItemSize);
        Read(item, bytes);
        var isBinary = IsFloat ? MemoryMarshal.Cast<byte, float>(bytes).IndexOfAnyExcept(0f, 1f) < 0
            : bytes.IndexOfAnyExcept((byte)0, (byte)255) < 0;
        ArrayPool<byte>.Shared.Return(row);
        return isBinary;
    }

    public void Read(int item, Span<byte> into)
    {
        if (isDirect)
        {
            Fill(item, into);
            return;
        }
        var rented = ArrayPool<float>.Shared.Rent(Size);
        var values = rented.AsSpan(0, Size);
        Values(item, values);
        for (var i = 0; i < values.Length; i++)
        {
            // [H, W, C] → [C, H, W].
            var to = channelsLast ? i % shape.Channels * (Size / shape.Channels) + i / shape.Channels : i;
            if (IsFloat)
                MemoryMarshal.Cast<byte, float>(into)[to] = values[i];
            else
                into[to] = (byte)(values[i] * scale);
        }
        ArrayPool<float>.Shared.Return(rented);
    }

    // As numbers, in the order of the file.
    private void Values(int item, Span<float> into)
    {
        var (size, length) = (NpyValues.Size(form.Dtype), (int)RowBytes);
        if (form.Dtype == "<f4" && BitConverter.IsLittleEndian)
        {
            Fill(item, MemoryMarshal.AsBytes(into));
            return;
        }
        var row = ArrayPool<byte>.Shared.Rent(length);
        Fill(item, row.AsSpan(0, length));
        if (form.Dtype[0] == '>')
            for (var i = 0; i < length; i += size)
                row.AsSpan(i, size).Reverse();
        for (var i = 0; i < into.Length; i++)
            into[i] = (float)NpyValues.Number(form.Dtype, row.AsSpan(i * size, size));
        ArrayPool<byte>.Shared.Return(row);
    }

    private void Fill(int item, Span<byte> into)
    {
        var start = form.Start + item * RowBytes;
        for (var got = 0; got < into.Length;)
        {
            var more = RandomAccess.Read(file, into[got..], start + got);
            if (more == 0)
                throw new VaeException($"{path}: must stay as it was while it is read, got its end in item {item}");
            got += more;
        }
    }

    // Bytes of which none is above 1 are 0 and 1, not levels.
    private bool HasLevels()
    {
        var row = new byte[Size];
        for (var item = 0; item < Count; item++)
        {
            Fill(item, row);
            if (row.AsSpan().ContainsAnyExceptInRange((byte)0, (byte)1))
                return true;
        }
        return false;
    }

    private (bool IsFloat, float Scale) Scan(Reading reading)
    {
        bool isUnit = true, isWhole = true;
        var items = Math.Max(1, Chunk / Size);
        for (var first = 0; first < Count; first += items)
        {
            var start = first;
            var values = new float[Math.Min(items, Count - first) * Size];
            for (var i = 0; i < values.Length; i += Size)
                Values(first + i / Size, values.AsSpan(i, Size));
            _ = Pixels.OfNumbers(values, i => $"{path}, item {start + i / Size}, value {i % Size}", reading);
            isUnit &= Array.TrueForAll(values, value => value is >= 0 and <= 1);
            isWhole &= Array.TrueForAll(values, value => value == MathF.Truncate(value));
        }
        if (reading.RawValues || isUnit && !isWhole)
            return (true, 1);
        return isWhole ? (false, isUnit ? 255 : 1)
            : throw new VaeException($"{path}: must have numbers in [0, 1] or whole numbers in 0..255, got both fractions and numbers "
                + "above 1 (data.rawValues=true takes numbers as they are)");
    }
}
