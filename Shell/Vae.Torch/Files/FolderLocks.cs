namespace Vae.Torch;

/// <summary>Which process does which work in a folder that several share: a lock for each name, such as that of a run.</summary>
internal sealed class FolderLocks(string folder)
{
    // The files stay: if they were deleted, two processes could hold files of one name.
    private readonly string locks = Path.Combine(folder, ".locks");

    /// <summary>Takes a name until the result is disposed; null if another process has it.</summary>
    /// <exception cref="VaeException">The folder is not writable.</exception>
    public IDisposable? TryTake(string name) => Within(() => FileLock.TryTake(Path.Combine(locks, name), delete: false));

    /// <summary>Takes a name when those that hold it are done.</summary>
    /// <exception cref="VaeException">The folder is not writable.</exception>
    /// <exception cref="OperationCanceledException">The wait was stopped.</exception>
    public IDisposable Take(string name, CancellationToken stop = default) =>
        Within(() => FileLock.TakeAsync(Path.Combine(locks, name), delete: false, stop).GetAwaiter().GetResult());

    private T Within<T>(Func<T> take)
    {
        try
        {
            Disk.CreateFolder(locks);
            return take();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VaeException($"out: must be a folder that can be written, got {folder}: {e.Message}", e);
        }
    }
}
