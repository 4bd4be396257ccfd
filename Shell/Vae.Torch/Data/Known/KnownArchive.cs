namespace Vae.Torch;

/// <summary>The one file in which a known data set is published.</summary>
/// <param name="Set">Name of the data set, and of its folder in a root.</param>
/// <param name="File">The file.</param>
/// <param name="Mirrors">Addresses of folders that have the file, each ending in a slash.</param>
internal sealed record KnownArchive(string Set, RemoteFile File, ValueList<Uri> Mirrors)
{
    /// <summary>The file's path in one of the roots; if none has it, it is downloaded to the first root.</summary>
    /// <exception cref="VaeException">The file can neither be found nor downloaded.</exception>
    public string Find(DataOptions options, IProgress<DownloadProgress>? progress) =>
        Find(options, () => Downloader.Over(Mirrors, progress));

    internal string Find(DataOptions options, Func<Downloader> connect)
    {
        var roots = DataRoots.Find(options.Root);
        var paths = DataRoots.Candidates(roots, Set).Select(folder => Path.Combine(folder, File.Name));
        if (paths.FirstOrDefault(System.IO.File.Exists) is { } found)
            return found;
        if (!options.Download)
            throw new VaeException($"data.root: must hold {Set}/{File.Name} (from {Mirrors[0]}), "
                + $"got no such file in {string.Join(", ", roots)}");
        using var downloader = connect();
        return downloader.FetchAsync(File, Path.Combine(roots[0], Set)).GetAwaiter().GetResult();
    }
}
