using Vae.Torch;

namespace Vae.Cli.Tests;

/// <summary>
/// Counts what changes the disk below a folder, and makes one such operation fail as on a full disk: once, or from then on. Until
/// disposed.
/// </summary>
internal sealed class FailingDisk : IDisposable
{
    private const int NoSpace = 28;

    private readonly string folder;
    private readonly int first;
    private readonly bool lasts;

    /// <param name="folder">What lies elsewhere does not fail.</param>
    /// <param name="first">The operation that fails, from 1; 0 for none.</param>
    /// <param name="lasts">Whether those after it fail too.</param>
    public FailingDisk(string folder, int first = 0, bool lasts = false)
    {
        (this.folder, this.first, this.lasts) = (folder, first, lasts);
        DiskChanges.Before = Meet;
    }

    /// <summary>Operations so far, those that failed included.</summary>
    public int Count { get; private set; }

    /// <summary>What failed first, as in "rename /runs/a/model.safetensors"; empty if nothing did.</summary>
    public string Failed { get; private set; } = "";

    /// <summary>The path of what failed first.</summary>
    public string Path => Failed[(Failed.IndexOf(' ', StringComparison.Ordinal) + 1)..];

    public void Dispose() => DiskChanges.Before = null;

    private void Meet(string operation, string path)
    {
        if (!path.StartsWith(folder, StringComparison.Ordinal))
            return;
        Count++;
        if (first == 0 || Count != first && !(lasts && Count > first))
            return;
        if (Failed.Length == 0)
            Failed = $"{operation} {path}";
        throw new IOException($"No space left on device : '{path}'", NoSpace);
    }
}
