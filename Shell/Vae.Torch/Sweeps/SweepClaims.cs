namespace Vae.Torch;

/// <summary>Which process works on which run of a sweep: a lock for each name in a folder that the processes share.</summary>
internal sealed class SweepClaims(string folder)
{
    // The files stay: if they were deleted, two processes could hold files of one name.
    private readonly string locks = Path.Combine(folder, ".locks");

    /// <summary>Claims a name until the result is disposed; null if another process has it.</summary>
    /// <exception cref="VaeException">The folder is not writable.</exception>
    public IDisposable? TryTake(string name) => Within(() => FileLock.TryTake(Path.Combine(locks, name), delete: false));

    /// <summary>Claims a name that others hold for a moment only.</summary>
    /// <exception cref="VaeException">The folder is not writable.</exception>
    public IDisposable Take(string name) =>
        Within(() => FileLock.TakeAsync(Path.Combine(locks, name), delete: false).GetAwaiter().GetResult());

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
