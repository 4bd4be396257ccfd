using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Vae.Torch;

/// <summary>The types of NumPy's numbers and texts, and the order of their bytes.</summary>
internal static class NpyValues
{
    public const string Known = "|b1, |u1, |i1, or <u2, <u4, <u8, <i2, <i4, <i8, <f2, <f4, <f8 (> too); for labels also <U… and |S…";

    // A longer text names no class.
    private const int MaxTextLength = 1 << 12;

    /// <summary>Number of bytes of one value; 0 for a type that is not supported.</summary>
    public static int Size(string dtype) => dtype switch
    {
        "|b1" or "|u1" or "|i1" => 1,
        _ when IsText(dtype) => Length(dtype) * (dtype[1] == 'U' ? 4 : 1),
        _ when dtype.Length == 3 && dtype[0] is '<' or '>' => dtype[1..] switch
        {
            "u2" or "i2" or "f2" => 2,
            "u4" or "i4" or "f4" => 4,
            "u8" or "i8" or "f8" => 8,
            _ => 0,
        },
        _ => 0,
    };

    /// <summary>Whether the values are texts: <c>&lt;U5</c> or <c>|S5</c>.</summary>
    public static bool IsText(string dtype) => dtype.Length > 2
        && dtype is ['<' or '>', 'U', ..] or ['|', 'S', ..] && Length(dtype) is > 0 and <= MaxTextLength;

    /// <summary>One number, as a double: exact but for integers beyond 2⁵³.</summary>
    public static double Number(string dtype, ReadOnlySpan<byte> bytes) => dtype[1..] switch
    {
        "b1" or "u1" => bytes[0],
        "i1" => (sbyte)bytes[0],
        "u2" => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        "i2" => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        "f2" => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes),
        "u4" => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        "i4" => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        "f4" => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        "u8" => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        "i8" => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        _ => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
    };

    /// <summary>One text, without the zeros that fill it up.</summary>
    public static string Text(string dtype, ReadOnlySpan<byte> bytes) =>
        (dtype[1] == 'U' ? Encoding.UTF32 : Encoding.UTF8).GetString(bytes).TrimEnd('\0');

    /// <summary>The type with little-endian bytes, into whose order the values are brought.</summary>
    public static string LittleEndian(string dtype, byte[] data)
    {
        if (dtype[0] != '>')
            return dtype;
        var size = dtype[1] == 'U' ? 4 : Size(dtype);
        for (var i = 0; i + size <= data.Length; i += size)
            data.AsSpan(i, size).Reverse();
        return "<" + dtype[1..];
    }

    /// <summary>The values in C order; <paramref name="data"/> has the first dimension fastest.</summary>
    public static byte[] FromFortranOrder(byte[] data, int[] shape, int size)
    {
        var (ordered, index) = (new byte[data.Length], new int[shape.Length]);
        for (long at = 0; at < data.Length / size; at++)
        {
            long from = 0;
            for (var d = shape.Length - 1; d >= 0; d--)
                from = from * shape[d] + index[d];
            data.AsSpan((int)(from * size), size).CopyTo(ordered.AsSpan((int)(at * size)));
            for (var d = shape.Length - 1; d >= 0 && ++index[d] == shape[d]; d--)
                index[d] = 0;
        }
        return ordered;
    }

    private static int Length(string dtype) =>
        int.TryParse(dtype.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var length)
        && length <= MaxTextLength
            ? length : 0;
}
