using System.Buffers.Binary;
using System.Text;

namespace Vae.Torch;

/// <summary>The start of an element of a MAT file.</summary>
/// <param name="Type">Type of its content, one of <see cref="MatTypes"/>.</param>
/// <param name="Length">Length of its content, in bytes.</param>
/// <param name="Content">A stream that is at its content.</param>
internal readonly record struct MatTag(int Type, long Length, Stream Content);

/// <summary>
/// The elements of a MAT file that lie in a stream one after the other. Each has a type, a length and a content, which is filled up to a
/// multiple of 8 bytes; a content of at most 4 bytes may lie within the 8 bytes of type and length.
/// </summary>
/// <param name="stream">The stream, which is at the first element.</param>
/// <param name="size">Maximum number of bytes that the elements take.</param>
/// <param name="isBigEndian">Whether the file has the most significant byte of a number first.</param>
/// <param name="path">The file, for messages.</param>
internal sealed class MatElements(Stream stream, long size, bool isBigEndian, string path)
{
    private const int TagLength = 8, LongestSmall = 4, Alignment = 8, PieceLength = 1 << 16;

    private long left = size;

    /// <summary>Reads the start of the next element.</summary>
    /// <exception cref="VaeException">The element does not fit.</exception>
    public MatTag Next()
    {
        if (left < TagLength)
            throw Wrong($"{TagLength} bytes for the type and the length of an element, got {left}");
        var start = new byte[TagLength];
        stream.ReadExactly(start);
        left -= TagLength;
        var (type, length) = (Word(start), Word(start.AsSpan(LongestSmall)));
        if (type >> 16 is > 0 and var small)
            return small <= LongestSmall ? new((int)(type & 0xffff), small, new MemoryStream(start, LongestSmall, LongestSmall))
                : throw Wrong($"a small element of at most {LongestSmall} bytes, got {small}");
        return length <= left ? new((int)type, length, stream)
            : throw Wrong($"an element of at most {left} bytes, which are left, got {length}");
    }

    /// <summary>The content of an element of words of 32 bits.</summary>
    public uint[] Words(MatTag tag, int type, int longest)
    {
        var bytes = Bytes(tag, type, longest);
        var words = new uint[bytes.Length / sizeof(uint)];
        for (var i = 0; i < words.Length; i++)
            words[i] = Word(bytes.AsSpan(i * sizeof(uint)));
        return words;
    }

    /// <summary>The content of an element of characters.</summary>
    public string Text(MatTag tag, int longest) => Encoding.Latin1.GetString(Bytes(tag, MatTypes.Int8, longest));

    /// <summary>The content of an element of numbers: MATLAB stores them in the smallest type that holds all of them.</summary>
    public float[] Numbers(MatTag tag, int count)
    {
        var type = MatTypes.OfNumbers(tag.Type) ?? throw Wrong($"numbers, got an element of type {tag.Type}");
        if (tag.Length != (long)count * type.Size)
            throw Wrong($"{count} numbers of {type.Size} bytes, got {tag.Length} bytes");
        var values = new float[count];
        var piece = new byte[Math.Min(PieceLength, tag.Length)];
        for (var done = 0; done < count; done += piece.Length / type.Size)
        {
            var bytes = piece.AsSpan(0, Math.Min(piece.Length, (count - done) * type.Size));
            tag.Content.ReadExactly(bytes);
            if (isBigEndian == BitConverter.IsLittleEndian)
                Reverse(bytes, type.Size);
            type.Convert(bytes, values.AsSpan(done));
        }
        Pass(tag);
        return values;
    }

    /// <summary>Verifies that no element follows.</summary>
    public void End()
    {
        if (left > 0)
            throw Wrong($"its end behind its numbers, got {left} bytes");
    }

    /// <summary>The error for a file that must have something else.</summary>
    public VaeException Wrong(string rule) => new($"{path}: must have {rule}");

    private byte[] Bytes(MatTag tag, int type, int longest)
    {
        if (tag.Type != type || tag.Length > longest)
            throw Wrong($"an element of type {type} and at most {longest} bytes, got type {tag.Type} and {tag.Length} bytes");
        var bytes = new byte[tag.Length];
        tag.Content.ReadExactly(bytes);
        Pass(tag);
        return bytes;
    }

    /// <summary>Passes what fills an element up, once its content has been read.</summary>
    private void Pass(MatTag tag)
    {
        if (tag.Content != stream)
            return;
        left -= tag.Length;
        var filling = (int)Math.Min(left, -tag.Length & (Alignment - 1));
        stream.ReadExactly(new byte[filling]);
        left -= filling;
    }

    private uint Word(ReadOnlySpan<byte> bytes) =>
        isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private static void Reverse(Span<byte> bytes, int size)
    {
        for (var i = 0; i < bytes.Length; i += size)
            bytes.Slice(i, size).Reverse();
    }
}
