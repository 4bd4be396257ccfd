namespace Vae.Torch;

/// <summary>Files that are either whole or absent: written under another name, flushed to the disk, then renamed.</summary>
internal static class AtomicFile
{
    /// <summary>Replaces <paramref name="path"/> by what <paramref name="write"/> produces. On failure the old file stands and nothing else remains.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        // A fixed name: what a killed process left behind is overwritten by the next attempt, never collected.
        var temporary = path + ".tmp";
        try
        {
            WriteAndRename(new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16), path, write);
        }
        catch (Exception e) when (Disk.IsDiskTrouble(e))
        {
            throw new VaeException($"{path}: must be writable, with room for the file, got: {e.Message}", e);
        }
    }

    /// <summary>Replaces <paramref name="path"/> by a text in UTF-8 without a byte order mark.</summary>
    public static void WriteText(string path, string text) => Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));

    private static void WriteAndRename(FileStream temporary, string path, Action<Stream> write)
    {
        try
        {
            using (temporary)
            {
                write(temporary);
                temporary.Flush(flushToDisk: true);
            }
            File.Move(temporary.Name, path, overwrite: true);
        }
        catch (Exception)
        {
            File.Delete(temporary.Name);
            throw;
        }
    }
}
