namespace Vae.Torch;

/// <summary>Reads from disk; errors name the file.</summary>
internal static class Disk
{
    /// <summary>The highest compression ratio of deflate: a file that claims more is damaged, and no memory is allocated for it.</summary>
    public const long DeflateRatio = 1032;

    private const int FirstPiece = 1 << 20;

    /// <summary>Opens a file and reads it.</summary>
    /// <exception cref="VaeException">The file is absent, unreadable or damaged.</exception>
    public static T Read<T>(string path, Func<FileStream, T> read) => Try(path, () =>
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        return read(stream);
    });

    /// <summary>Reads a file that is open already, or opens it.</summary>
    /// <exception cref="VaeException">The file is absent, unreadable or damaged.</exception>
    public static T Try<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (IsDiskTrouble(e))
        {
            throw new VaeException($"{path}: must be a readable, undamaged file, got: {e.Message}", e);
        }
    }

    /// <summary>The bytes of a file of at most 2 GiB.</summary>
    /// <exception cref="VaeException">The file is absent, unreadable or larger.</exception>
    public static byte[] ReadAll(string path) => Read(path, stream => stream.Length <= Array.MaxLength
        ? Exactly(stream, (int)stream.Length, path)
        : throw new VaeException($"{path}: must have at most {Array.MaxLength} bytes, got {stream.Length}"));

    /// <summary>The entries of a folder in ordinal order: the file system's own order differs between machines.</summary>
    /// <exception cref="VaeException">The folder is absent or unreadable.</exception>
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

    /// <summary>Creates the folder for the files that a command or a method writes, unless it exists.</summary>
    /// <exception cref="VaeException">It cannot be created.</exception>
    public static void CreateOut(string folder)
    {
        try
        {
            CreateFolder(folder);
        }
        catch (Exception e) when (IsDiskTrouble(e))
        {
            throw new VaeException($"out: must be a folder that can be created, got {folder}: {e.Message}", e);
        }
    }

    /// <summary>Creates a folder unless it exists; errors are the system's.</summary>
    public static void CreateFolder(string folder)
    {
        DiskChanges.Announce("folder", folder);
        Directory.CreateDirectory(folder);
    }

    /// <summary>Whether an exception is the file system's or a damaged file's, not a bug.</summary>
    public static bool IsDiskTrouble(Exception e) =>
        e is IOException or UnauthorizedAccessException or InvalidDataException or NotSupportedException or ArgumentException;

    /// <summary>Reads <paramref name="count"/> bytes, after which the stream must end.</summary>
    /// <exception cref="VaeException">The stream has fewer or more bytes.</exception>
    public static byte[] Exactly(Stream stream, int count, string path)
    {
        // A file's length is known. What a compressed stream holds is not, so memory grows with what has been read.
        var bytes = new byte[stream is FileStream file && file.Length - file.Position >= count ? count : Math.Min(count, FirstPiece)];
        var got = 0;
        while (true)
        {
            var more = stream.ReadAtLeast(bytes.AsSpan(got), bytes.Length - got, throwOnEndOfStream: false);
            got += more;
            if (got < bytes.Length)
                throw new VaeException($"{path}: must hold {count} bytes after its header, got {got}");
            if (got == count)
                break;
            Array.Resize(ref bytes, (int)Math.Min(count, 2L * bytes.Length));
        }
        if (stream.ReadByte() >= 0)
            throw new VaeException($"{path}: must end {count} bytes after its header, got more");
        return bytes;
    }
}
