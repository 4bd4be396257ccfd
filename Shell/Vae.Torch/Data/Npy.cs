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
        var values = new float[Data.Length / Npy.Size(Dtype)];
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)Number(i);
        return values;
    }

    /// <summary>All values as labels.</summary>
    /// <exception cref="VaeException">A value is negative or not whole.</exception>
    public int[] Labels()
    {
        var labels = new int[Data.Length / Npy.Size(Dtype)];
        for (var i = 0; i < labels.Length; i++)
            labels[i] = Number(i) is var value && value == Math.Truncate(value) && value is >= 0 and <= int.MaxValue
                ? (int)value
                : throw new VaeException($"{Path}[{i}]: must be a whole number of at least 0, got {value}");
        return labels;
    }

    private double Number(int i) => Dtype switch
    {
        "|b1" or "|u1" => Data[i],
        "<i4" => BinaryPrimitives.ReadInt32LittleEndian(Data.AsSpan(4 * i)),
        "<i8" => BinaryPrimitives.ReadInt64LittleEndian(Data.AsSpan(8 * i)),
        "<f4" => BinaryPrimitives.ReadSingleLittleEndian(Data.AsSpan(4 * i)),
        _ => BinaryPrimitives.ReadDoubleLittleEndian(Data.AsSpan(8 * i)),
    };
}

/// <summary>Reads the .npy format, versions 1 to 3: little-endian numbers in C order.</summary>
internal static class Npy
{
    private const int LongestHeader = 1 << 16;

    /// <summary>Number of bytes of one value; 0 for a type that is not supported.</summary>
    public static int Size(string dtype) => dtype switch
    {
        "|b1" or "|u1" => 1,
        "<i4" or "<f4" => 4,
        "<i8" or "<f8" => 8,
        _ => 0,
    };

    public static NpyArray Read(string path) => Disk.Read(path, file => Read(file, path, file.Length));

    /// <summary>Reads an array from a stream of at most <paramref name="limit"/> bytes; the path is for messages.</summary>
    /// <exception cref="VaeException">The array is malformed, truncated or of an unsupported type.</exception>
    public static NpyArray Read(Stream stream, string path, long limit)
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
        var (dtype, shape) = new NpyHeader(Encoding.Latin1.GetString(header), path).Parse();
        return new(path, dtype, shape, Disk.Exactly(stream, Bytes(dtype, shape, path, limit), path));
    }

    private static int Bytes(string dtype, int[] shape, string path, long limit)
    {
        if (Size(dtype) == 0)
            throw new VaeException($"{path}.dtype: must be |u1, |b1, <i4, <i8, <f4 or <f8, got {dtype}");
        var bytes = (long)Size(dtype);
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
