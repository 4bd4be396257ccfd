namespace Vae.Torch;

/// <summary>The folders in which known data sets are looked for.</summary>
internal static class DataRoots
{
    /// <summary>
    /// The given root, else the folder that the environment variable VAE_DATA names, else the user's cache; the first is where
    /// downloads go.
    /// </summary>
    public static IReadOnlyList<string> Find(string root) =>
        [.. new[] { root, Environment.GetEnvironmentVariable("VAE_DATA") ?? "", CacheFolder() }.Where(folder => folder.Length > 0)];

    /// <summary>The folders that may hold a set's files: that of the set's name in each root, and the root itself.</summary>
    public static IEnumerable<string> Candidates(IReadOnlyList<string> roots, string name)
    {
        var cache = CacheFolder();
        // The set's own folder first: the root itself may hold the files of another set under the same names.
        return roots.SelectMany(root => new[] { Path.Combine(root, name), root }).Where(folder => folder != cache);
    }

    /// <summary>A relative path that does not exist is looked up in the root.</summary>
    public static string Locate(string path, string root) =>
        root.Length > 0 && !Path.Exists(path) && Path.Exists(Path.Combine(root, path)) ? Path.Combine(root, path) : path;

    private static string CacheFolder() => Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache
            ? cache
            : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "vae");
}
