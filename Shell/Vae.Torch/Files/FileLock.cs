namespace Vae.Torch;

/// <summary>Locks among processes by files; the system releases the lock of a process that has died.</summary>
internal static class FileLock
{
    // How the runtime says that another process holds a file: errno EWOULDBLOCK of Linux and of macOS, and Windows' sharing violation.
    private static readonly int[] InUse = [11, 35, unchecked((int)0x80070020)];

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Locks until the result is disposed; null if it is locked already.</summary>
    /// <param name="path">The file, created where absent.</param>
    /// <param name="delete">
    /// Whether the file is deleted afterwards. Another process may then take a file of the same name before the first has let go of its own,
    /// so the work must be done, or safe to repeat.
    /// </param>
    /// <exception cref="IOException">The file cannot be created; or <see cref="UnauthorizedAccessException"/>.</exception>
    public static IDisposable? TryTake(string path, bool delete)
    {
        try
        {
            DiskChanges.Announce("create", path);
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 1,
                delete ? FileOptions.DeleteOnClose : FileOptions.None);
        }
        catch (IOException e) when (InUse.Contains(e.HResult))
        {
            return null;
        }
    }

    /// <summary>Locks until the result is disposed, when those that have it before are done.</summary>
    /// <inheritdoc cref="TryTake"/>
    public static async Task<IDisposable> TakeAsync(string path, bool delete, CancellationToken cancel = default)
    {
        IDisposable? taken;
        while ((taken = TryTake(path, delete)) is null)
            await Task.Delay(Pause, cancel).ConfigureAwait(false);
        return taken;
    }
}
