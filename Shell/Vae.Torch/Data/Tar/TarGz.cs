using System.IO.Compression;
using System.Text;

namespace Vae.Torch;

/// <summary>
/// Reads some files of a .tar.gz from start to end. The class library's reader takes memory for long names before they are read, and a
/// compressed stream cannot be looked at beforehand; here such entries are skipped.
/// </summary>
internal static class TarGz
{
    private const int NameLength = 100;

    /// <summary>The contents of the files of some names, whatever their folder.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="names">Names of files; the result lacks those that the archive lacks.</param>
    /// <param name="limit">Maximum number of bytes of a file.</param>
    /// <exception cref="VaeException">The archive is damaged, or a file is too large.</exception>
    public static Dictionary<string, byte[]> Read(string path, IReadOnlyList<string> names, int limit) => Disk.Read(path, file =>
    {
        using var content = new GZipStream(file, CompressionMode.Decompress);
        var found = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var header = new byte[TarHeaders.Unit];
        // A block of zeros ends the archive.
        while (content.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) == header.Length && header.ContainsAnyExcept((byte)0))
        {
            var (name, size) = (FileName(header), TarHeaders.Size(header));
            var isWanted = TarHeaders.IsFile(header) && names.Contains(name);
            if (isWanted && size > Math.Min(limit, file.Length * Disk.DeflateRatio))
                throw new VaeException($"{path}:{name}: must have at most {limit} bytes and be whole, got {size:0} bytes");
            if (isWanted)
                content.ReadExactly(found[name] = new byte[(int)size]);
            Skip(content, isWanted ? TarHeaders.Padded((long)size) - (long)size : TarHeaders.Padded((long)Math.Min(size, 1L << 60)));
        }
        // The checksum is at the end of the compressed stream.
        Skip(content, long.MaxValue);
        return found;
    });

    private static string FileName(byte[] header)
    {
        var name = header.AsSpan(0, NameLength);
        var end = name.IndexOf((byte)0);
        return Encoding.Latin1.GetString(end < 0 ? name : name[..end]).Split('/')[^1];
    }

    private static void Skip(Stream content, long count)
    {
        var buffer = new byte[1 << 16];
        for (var got = 1; count > 0 && got > 0; count -= got)
            got = content.Read(buffer, 0, (int)Math.Min(buffer.Length, count));
    }
}
