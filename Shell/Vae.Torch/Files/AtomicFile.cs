namespace Vae.Torch;

/// <summary>Writes files that are either whole or absent: written under another name, flushed to disk, then renamed.</summary>
internal static class AtomicFile
{
    /// <summary>
    /// Replaces the file at <paramref name="path"/> by what <paramref name="write"/> writes. On failure the old file stays and no
    /// other file is left.
    /// </summary>
    public static void Write(string path, Action<Stream> write)
    {
        var temporary = Temporary(path);
        try
        {
            DiskChanges.Announce("create", path);
            WriteAndRename(new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16), path, write);
        }
        catch (Exception e) when (Disk.IsDiskTrouble(e))
        {
            throw new VaeException($"{path}: must be writable, with room for the file, got: {e.Message}", e);
        }
    }

    /// <summary>The name under which a file is written before it is renamed.</summary>
    // A fixed name: the next attempt overwrites what a killed process left, so that such files do not pile up.
    public static string Temporary(string path) => path + ".tmp";

    /// <summary>Replaces the file at <paramref name="path"/> by a text in UTF-8 without a byte order mark.</summary>
    public static void WriteText(string path, string text) =>
        Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));

    private static void WriteAndRename(FileStream temporary, string path, Action<Stream> write)
    {
        try
        {
            using (temporary)
            {
                write(DiskChanges.Announced(temporary, path));
                DiskChanges.Announce("flush", path);
                temporary.Flush(flushToDisk: true);
            }
            DiskChanges.Announce("rename", path);
            File.Move(temporary.Name, path, overwrite: true);
        }
        catch (Exception)
        {
            File.Delete(temporary.Name);
            throw;
        }
    }
}
