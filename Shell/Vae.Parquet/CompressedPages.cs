using System.Buffers.Binary;
using Parquet.Meta;

namespace Vae.Torch;

/// <summary>
/// What compressed bytes say about themselves: some formats begin with the length of the content, which their decoders take memory for.
/// </summary>
internal static class CompressedPages
{
    /// <summary>How many bytes of a page tell its length.</summary>
    public const int Head = 18;

    private const uint ZstdFrame = 0xfd2fb528;

    /// <summary>The length of the content that the first bytes of a page announce; 0 if they announce none.</summary>
    /// <param name="codec">How the page is compressed.</param>
    /// <param name="page">Its first bytes, at most <see cref="Head"/>.</param>
    public static ulong Announced(CompressionCodec codec, ReadOnlySpan<byte> page) => codec switch
    {
        CompressionCodec.SNAPPY => Varint(page),
        CompressionCodec.ZSTD => Zstd(page),
        _ => 0,
    };

    private static ulong Varint(ReadOnlySpan<byte> page)
    {
        var value = 0UL;
        for (var i = 0; i < Math.Min(5, page.Length); i++)
        {
            value |= (ulong)(page[i] & 127) << (7 * i);
            if (page[i] < 128)
                break;
        }
        return value;
    }

    // RFC 8878, section 3.1.1.1: a descriptor, the window of frames in several segments, a dictionary's number, and the length.
    private static ulong Zstd(ReadOnlySpan<byte> page)
    {
        if (page.Length < 5 || BinaryPrimitives.ReadUInt32LittleEndian(page) != ZstdFrame)
            return 0;
        var (isWhole, kind) = ((page[4] & 32) != 0, page[4] >> 6);
        var at = 5 + (isWhole ? 0 : 1) + (page[4] & 3) switch { 3 => 4, var size => size };
        var bytes = kind == 0 ? isWhole ? 1 : 0 : 1 << kind;
        if (page.Length < at + bytes)
            return 0;
        var value = 0UL;
        for (var i = 0; i < bytes; i++)
            value |= (ulong)page[at + i] << (8 * i);
        return kind == 1 ? value + 256 : value;
    }
}
