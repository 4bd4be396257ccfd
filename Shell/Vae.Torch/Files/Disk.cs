namespace Vae.Torch;

/// <summary>Reading from the disk with errors that name the file.</summary>
internal static class Disk
{
    /// <summary>deflate cannot expand by more than this: a larger claim is false, and no memory is taken for it.</summary>
    public const long DeflateRatio = 1032;

    public static T Read<T>(string path, Func<FileStream, T> read)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
            return read(stream);
        }
        catch (Exception e) when (IsDiskTrouble(e))
        {
            throw new VaeException($"{path}: must be a readable, undamaged file, got: {e.Message}", e);
        }
    }

    /// <summary>The sorted entries of a folder; order on the disk is no order.</summary>
    public static List<string> Sorted(string folder, Func<string, IEnumerable<string>> list)
    {
        try
        {
            return [.. list(folder).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (IsDiskTrouble(e))
        {
            throw new VaeException($"{folder}: must be a readable folder, got: {e.Message}", e);
        }
    }

    public static bool IsDiskTrouble(Exception e) =>
        e is IOException or UnauthorizedAccessException or InvalidDataException or NotSupportedException or ArgumentException;

    /// <summary>Exactly <paramref name="count"/> bytes and then the end, or a message.</summary>
    public static byte[] Exactly(Stream stream, int count, string path)
    {
        var bytes = new byte[count];
        var got = stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false);
        if (got < count)
            throw new VaeException($"{path}: must hold {count} bytes after its header, got {got}");
        if (stream.ReadByte() >= 0)
            throw new VaeException($"{path}: must end {count} bytes after its header, got more");
        return bytes;
    }
}
