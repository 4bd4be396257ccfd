namespace Vae.Torch;

/// <summary>Checks the sizes that a tar file announces for names and attributes, for which its reader takes memory at once.</summary>
internal static class TarHeaders
{
    /// <summary>Number of bytes of a header, and of the blocks in which contents lie.</summary>
    public const int Unit = 512;

    // Of POSIX ustar: type and size of an entry. x and g are attributes of pax, L and K long names of GNU, all before the entry itself.
    private const int TypeAt = 156, SizeAt = 124, SizeLength = 12;
    private const int MaxText = 1 << 20;

    /// <summary>Where the content of the next entry begins, after its names and attributes.</summary>
    /// <param name="file">The file; its position is not moved.</param>
    /// <param name="at">Where the entry before ends.</param>
    /// <exception cref="InvalidDataException">A name or attributes have more than 1 MiB, or more than is left of the file.</exception>
    public static long ContentAt(FileStream file, long at)
    {
        var header = new byte[Unit];
        while (RandomAccess.Read(file.SafeFileHandle, header, at) == Unit && "xgLK"u8.Contains(header[TypeAt]))
        {
            var size = Size(header);
            if (size > Math.Min(MaxText, file.Length - at - Unit))
                throw new InvalidDataException($"a name or attributes of {size:0} bytes at byte {at}");
            at += Unit + Padded((long)size);
        }
        return at + Unit;
    }

    /// <summary>The length of the blocks that hold a content.</summary>
    public static long Padded(long length) => (length + Unit - 1) / Unit * Unit;

    /// <summary>Whether a header is that of a regular file.</summary>
    public static bool IsFile(byte[] header) => header[TypeAt] is 0 or (byte)'0';

    /// <summary>Number of bytes of the content that a header announces; at least 0, and exact below 2⁵³.</summary>
    // In base 256 if the first bit is set, else in octal digits. What is neither the reader refuses.
    public static double Size(byte[] header)
    {
        var field = (ReadOnlySpan<byte>)header.AsSpan(SizeAt, SizeLength);
        var (size, isBinary) = (0.0, field[0] >= 128);
        foreach (var value in isBinary ? field[1..] : field.Trim(" \0"u8))
        {
            if (!isBinary && value is < (byte)'0' or > (byte)'7')
                return size;
            size = isBinary ? 256 * size + value : 8 * size + value - '0';
        }
        return size;
    }
}
