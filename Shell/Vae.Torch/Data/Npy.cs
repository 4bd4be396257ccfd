using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Vae.Torch;

/// <summary>A NumPy array: shape, and little-endian bytes in C order.</summary>
internal sealed class NpyArray(string path, string dtype, int[] shape, byte[] data)
{
    public string Path { get; } = path;

    public string Dtype { get; } = dtype;

    public int[] Shape { get; } = shape;

    public byte[] Data { get; } = data;

    /// <summary>All values as float32; whole numbers are exact up to 2²⁴.</summary>
    public float[] Floats()
    {
        if (Dtype == "<f4" && BitConverter.IsLittleEndian)
            return MemoryMarshal.Cast<byte, float>(Data).ToArray();
        if (NpyValues.IsText(Dtype))
            throw new VaeException($"{Path}.dtype: must be a type of numbers, got {Dtype}");
        var values = new float[Data.Length / NpyValues.Size(Dtype)];
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)Number(i);
        return values;
    }

    /// <summary>All values as classes: the index of each, and the names in order. Texts are classes in ordinal order.</summary>
    /// <remarks>
    /// Numbers are indices themselves if at least every second one up to the largest occurs, so that a file without one of the classes
    /// numbers the others alike; else, as for 7 and 5000, each number that occurs is a class.
    /// </remarks>
    /// <param name="count">Number of examples, which must be that of the labels.</param>
    /// <exception cref="VaeException">The shape is another, or a value is negative or not whole.</exception>
    public (int[] Labels, string[] Classes) Labels(int count)
    {
        if (Shape.Length != 1 || Shape[0] != count)
            throw new VaeException($"{Path}: must hold labels ({count},), one for each item, got shape ({string.Join(", ", Shape)})");
        if (NpyValues.IsText(Dtype))
        {
            string[] texts = [.. Enumerable.Range(0, count).Select(i => NpyValues.Text(Dtype, Value(i)))];
            string[] names = [.. texts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
            return ([.. texts.Select(text => Array.BinarySearch(names, text, StringComparer.Ordinal))], names);
        }
        int[] numbers = [.. Enumerable.Range(0, count).Select(Whole)];
        int[] distinct = [.. numbers.Distinct().Order()];
        if (distinct[^1] < 2L * distinct.Length)
            return (numbers, [.. Enumerable.Range(0, distinct[^1] + 1).Select(Name)]);
        return ([.. numbers.Select(number => Array.BinarySearch(distinct, number))], [.. distinct.Select(Name)]);
    }

    private static string Name(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private int Whole(int i) => Number(i) is var value && value == Math.Truncate(value) && value is >= 0 and <= int.MaxValue
        ? (int)value
        : throw new VaeException($"{Path}[{i}]: must be a whole number of at least 0, got {value}");

    private ReadOnlySpan<byte> Value(int i) => NpyValues.Size(Dtype) is var size ? Data.AsSpan(i * size, size) : default;

    private double Number(int i) => NpyValues.Number(Dtype, Value(i));
}

/// <summary>Reads the .npy format, versions 1 to 3, whatever the order of bytes and dimensions.</summary>
internal static class Npy
{
    private const int LongestHeader = 1 << 16;

    public static NpyArray Read(string path) => Disk.Read(path, file => Read(file, path, file.Length));

    /// <summary>Reads the start of a file, as far as its first value.</summary>
    /// <exception cref="VaeException">The file is malformed or truncated.</exception>
    public static NpyForm ReadForm(Stream stream, string path)
    {
        var start = new byte[8];
        Fill(stream, start, path);
        if (!start.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'])
            || start[6] is < 1 or > 3)
            throw new VaeException($"{path}: must begin as a .npy file of version 1 to 3, got {Convert.ToHexString(start)}");
        var lengthBytes = new byte[start[6] == 1 ? 2 : 4];
        Fill(stream, lengthBytes, path);
        var length = start[6] == 1
            ? BinaryPrimitives.ReadUInt16LittleEndian(lengthBytes) : BinaryPrimitives.ReadUInt32LittleEndian(lengthBytes);
        if (length > LongestHeader)
            throw new VaeException($"{path}: must have a header of at most {LongestHeader} bytes, got {length}");
        var header = new byte[length];
        Fill(stream, header, path);
        var (dtype, fortran, shape) = new NpyHeader(Encoding.Latin1.GetString(header), path).Parse();
        return new(dtype, fortran, shape, start.Length + lengthBytes.Length + length);
    }

    /// <summary>Reads an array from a stream of at most <paramref name="limit"/> bytes; the path is for messages.</summary>
    /// <exception cref="VaeException">The array is malformed, truncated or of an unsupported type.</exception>
    public static NpyArray Read(Stream stream, string path, long limit)
    {
        var (dtype, fortran, shape, _) = ReadForm(stream, path);
        var data = Disk.Exactly(stream, Bytes(dtype, shape, path, limit), path);
        if (dtype == "|b1" && data.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)1) is >= 0 and var bad)
            throw new VaeException($"{path}, value {bad}: must be 0 or 1 in an array of booleans, got {data[bad]}");
        var little = NpyValues.LittleEndian(dtype, data);
        return new(path, little, shape,
            fortran && shape.Length > 1 ? NpyValues.FromFortranOrder(data, shape, NpyValues.Size(little)) : data);
    }

    private static int Bytes(string dtype, int[] shape, string path, long limit)
    {
        if (NpyValues.Size(dtype) == 0)
            throw new VaeException($"{path}.dtype: must be {NpyValues.Known}, got {dtype}");
        var bytes = (long)NpyValues.Size(dtype);
        foreach (var dim in shape)
            bytes = dim == 0 || bytes <= Array.MaxLength / dim ? bytes * dim : long.MaxValue / 2;
        return bytes <= Math.Min(limit, Array.MaxLength)
            ? (int)bytes
            : throw new VaeException($"{path}: must hold the values its header announces ({dtype} of {string.Join('x', shape)}), "
                + "got a file too short for them");
    }

    private static void Fill(Stream stream, byte[] buffer, string path)
    {
        if (stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) is var got && got < buffer.Length)
            throw new VaeException($"{path}: must hold a whole .npy header, got its end after {got} of {buffer.Length} bytes");
    }
}
