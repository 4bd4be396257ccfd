using System.Buffers.Binary;
using Parquet.Meta;

namespace Vae.Torch;

/// <summary>Checks the sizes that a Parquet file announces before memory is taken for them.</summary>
internal static class ParquetChecks
{
    // A page may hold so much in any file, and as much more as compression makes of its bytes; a header is not longer.
    private const long AnyPage = 16 << 20, Ratio = 1032;
    private const int Tail = 8, LongestHeader = 1 << 16;

    /// <summary>The largest number of rows in a file of a length.</summary>
    public static long MaxRows(long length) => Math.Max(1 << 20, Ratio * length);

    /// <summary>Returns if every length in the footer lies within it; the stream stands at its start then.</summary>
    /// <exception cref="InvalidDataException">The file has no such footer.</exception>
    public static void Footer(Stream file)
    {
        var tail = new byte[Tail];
        file.Seek(-Math.Min(Tail, file.Length), SeekOrigin.End);
        if (file.ReadAtLeast(tail, Tail, throwOnEndOfStream: false) < Tail || !tail.AsSpan(4).SequenceEqual("PAR1"u8)
            || BinaryPrimitives.ReadInt32LittleEndian(tail) is var length && (length <= 0 || length > file.Length - Tail))
            throw new InvalidDataException("not a Parquet file: no footer that lies within it");
        var footer = new byte[length];
        file.Seek(-Tail - length, SeekOrigin.End);
        file.ReadExactly(footer);
        new ThriftWalk(footer).Over("File");
        file.Seek(0, SeekOrigin.Begin);
    }

    /// <summary>Returns if the pages of a column in a row group lie within the file and announce what they can hold.</summary>
    /// <exception cref="InvalidDataException">They do not.</exception>
    public static void Pages(Stream file, ColumnMetaData column)
    {
        var at = column.DictionaryPageOffset is > 0 and var first ? Math.Min(first, column.DataPageOffset) : column.DataPageOffset;
        if (column.NumValues < 0 || column.NumValues > MaxRows(file.Length))
            throw new InvalidDataException($"{column.NumValues} values announced in a file of {file.Length} bytes");
        var buffer = new byte[Math.Min(LongestHeader, file.Length)];
        var values = 0L;
        // The reader reads a page even of a column that is said to have no values.
        do
        {
            if (at < 0 || at >= file.Length)
                throw new InvalidDataException("a page begins outside of the file");
            file.Seek(at, SeekOrigin.Begin);
            var header = new ThriftWalk(buffer.AsSpan(0, file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)));
            header.Over("Page");
            var (plain, packed) = (header.Number("Page", 2), header.Number("Page", 3));
            at += header.Length;
            var words = header.Number("Values", 1);
            var count = Math.Max(header.Number("Data", 1), header.Number("DataV2", 1));
            if (packed < 0 || packed > file.Length - at || plain < 0 || plain > Math.Max(AnyPage, Ratio * packed)
                || Math.Max(count, words) > MaxRows(file.Length) || count <= 0 && words <= 0 && column.NumValues > 0)
                throw new InvalidDataException($"a page of {packed} bytes for {plain} and {count} values, which the file cannot hold");
            Content(file, column.Codec, header, (at, packed, plain));
            at += packed;
            values += Math.Max(0, count);
        }
        while (values < column.NumValues);
    }

    // The header says how long the content is, and some formats say so too: the decoder believes the bytes.
    private static void Content(Stream file, CompressionCodec codec, ThriftWalk header, (long At, long Packed, long Plain) page)
    {
        // Levels of a page in the second version precede what is compressed.
        var levels = Math.Max(0, header.Number("DataV2", 5)) + Math.Max(0, header.Number("DataV2", 6));
        if (levels >= page.Packed || header.Number("DataV2", 7) == ThriftWalk.False)
            return;
        Span<byte> head = stackalloc byte[(int)Math.Min(CompressedPages.Head, page.Packed - levels)];
        file.Seek(page.At + levels, SeekOrigin.Begin);
        file.ReadExactly(head);
        if (CompressedPages.Announced(codec, head) is var announced && announced > (ulong)page.Plain)
            throw new InvalidDataException($"a page for {page.Plain} bytes whose content announces {announced}");
    }
}
