namespace Vae.Torch;

/// <summary>
/// Which process works on which run of a sweep: a lock for each name in a folder that the processes share. The system releases the locks of
/// a process that has died.
/// </summary>
internal sealed class SweepClaims(string folder)
{
    // How the runtime says that another process holds a file: errno EWOULDBLOCK of Linux and of macOS, and Windows' sharing violation.
    private static readonly int[] InUse = [11, 35, unchecked((int)0x80070020)];

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    // The files stay: if they were deleted, two processes could hold files of one name.
    private readonly string locks = Path.Combine(folder, ".locks");

    /// <summary>Claims a name until the result is disposed; null if another process has it.</summary>
    /// <exception cref="VaeException">The folder is not writable.</exception>
    public IDisposable? TryTake(string name)
    {
        try
        {
            Disk.CreateFolder(locks);
            DiskChanges.Announce("create", Path.Combine(locks, name));
            return new FileStream(Path.Combine(locks, name), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 1);
        }
        catch (IOException e) when (InUse.Contains(e.HResult))
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VaeException($"out: must be a folder that can be written, got {folder}: {e.Message}", e);
        }
    }

    /// <summary>Claims a name that others hold for a moment only.</summary>
    public IDisposable Take(string name)
    {
        IDisposable? taken;
        while ((taken = TryTake(name)) is null)
            Thread.Sleep(Pause);
        return taken;
    }
}
