using System.IO.Compression;
using System.Text;

namespace Vae.Torch.Tests;

/// <summary>Writes MAT files of level 5, in any of the forms that a reader may meet.</summary>
internal sealed record MatWriter(
    bool IsBigEndian = false, bool IsCompressed = false, bool IsSmall = true, int Type = 9, int AnnouncedColumns = 0)
{
    public const int HeaderLength = 128, Text = 4;

    private const int Double = 6;

    /// <summary>The types of numbers: whole ones of 8, 16 and 32 bits, single, double, and whole ones of 64 bits.</summary>
    public static readonly int[] Types = [1, 2, 3, 4, 5, 6, 7, 9, 12, 13];

    public byte[] File(params byte[][] elements)
    {
        byte[] version = IsBigEndian ? [1, 0, (byte)'M', (byte)'I'] : [0, 1, (byte)'I', (byte)'M'];
        return [.. Encoding.ASCII.GetBytes("MATLAB 5.0 MAT-file".PadRight(116)), .. new byte[8], .. version,
            .. elements.SelectMany(bytes => bytes)];
    }

    /// <summary>A number that the type holds, from one in [0, 1).</summary>
    public double Fitting(double value) => Type switch
    {
        1 => Math.Floor(256 * value) - 128,
        2 => Math.Floor(256 * value),
        3 => Math.Floor(65536 * value) - 32768,
        4 => Math.Floor(65536 * value),
        7 => (float)(2 * value - 1),
        9 => 2 * value - 1,
        5 or 12 => Math.Floor((1 << 30) * (2 * value - 1)),
        _ => Math.Floor((1L << 32) * value),
    };

    /// <summary>A variable; its class and flags are <paramref name="kind"/>.</summary>
    public byte[] Matrix(string name, int[] dims, double[] values, int kind = Double)
    {
        byte[] numbers = Element(Type, [.. values.SelectMany(Number)]);
        var announced = 0;
        if (AnnouncedColumns > 0)
        {
            (dims, announced) = ([dims[0], AnnouncedColumns], dims[0] * AnnouncedColumns * sizeof(double));
            numbers = [.. Word(Type), .. Word(announced), .. numbers[8..]];
        }
        byte[] content = [.. Element(6, [.. Word(kind), .. Word(0)]), .. Element(5, [.. dims.SelectMany(Word)]),
            .. Element(1, Encoding.ASCII.GetBytes(name)), .. numbers];
        byte[] whole = [.. Word(14), .. Word(Math.Max(content.Length, announced + 48)), .. content];
        return IsCompressed ? Packed(whole) : whole;
    }

    /// <summary>An element that holds another, compressed; it is not filled up.</summary>
    public byte[] Packed(byte[] element)
    {
        using var buffer = new MemoryStream();
        using (var packed = new ZLibStream(buffer, CompressionLevel.Optimal, leaveOpen: true))
            packed.Write(element);
        return [.. Word(15), .. Word((int)buffer.Length), .. buffer.ToArray()];
    }

    private byte[] Element(int type, byte[] content) => IsSmall && content.Length is > 0 and <= 4
        ? [.. Word(content.Length << 16 | type), .. content, .. new byte[4 - content.Length]]
        : [.. Word(type), .. Word(content.Length), .. content, .. new byte[-content.Length & 7]];

    private byte[] Word(int value) => Ordered(BitConverter.GetBytes(value));

    private byte[] Number(double value) => Ordered(Type switch
    {
        1 => [(byte)(sbyte)value],
        2 => [(byte)value],
        3 => BitConverter.GetBytes((short)value),
        4 => BitConverter.GetBytes((ushort)value),
        5 => BitConverter.GetBytes((int)value),
        6 => BitConverter.GetBytes((uint)value),
        7 => BitConverter.GetBytes((float)value),
        12 => BitConverter.GetBytes((long)value),
        13 => BitConverter.GetBytes((ulong)value),
        _ => BitConverter.GetBytes(value),
    });

    private byte[] Ordered(byte[] bytes) => IsBigEndian ? [.. bytes.Reverse()] : bytes;
}
