using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Vae.Torch;

/// <summary>Checks of gzip files that the class library's decompressor omits.</summary>
internal static class Gzip
{
    /// <summary>
    /// Whether the file's last four bytes are the size of its content: the decompressor accepts a file without its trailer.
    /// </summary>
    public static bool EndsWithSize(FileStream file, long size)
    {
        var trailer = new byte[4];
        file.Seek(-4, SeekOrigin.End);
        file.ReadExactly(trailer);
        return BinaryPrimitives.ReadUInt32LittleEndian(trailer) == (uint)size;
    }

    /// <summary>SHA-256 of the decompressed content, as lower-case hexadecimal digits.</summary>
    /// <exception cref="InvalidDataException">The file is truncated or damaged.</exception>
    public static string ContentSha256(FileStream file)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var content = new GZipStream(file, CompressionMode.Decompress, leaveOpen: true);
        var buffer = new byte[1 << 16];
        var size = 0L;
        for (var count = content.Read(buffer); count > 0; count = content.Read(buffer))
        {
            hash.AppendData(buffer, 0, count);
            size += count;
        }
        return size > 0 && EndsWithSize(file, size)
            ? Convert.ToHexStringLower(hash.GetHashAndReset())
            : throw new InvalidDataException("its end is missing");
    }
}
