namespace Vae.Torch;

/// <summary>Finds the pictures of a folder, and counts what it leaves out.</summary>
internal sealed class PictureFiles
{
    internal static readonly string[] Extensions = [".png", ".jpg", ".jpeg", ".bmp", ".webp", ".gif", ".pgm"];

    // Folders of links between other places could otherwise be followed for ever.
    private const int MaxDepth = 16;

    private readonly string root;
    private readonly SortedDictionary<string, SortedSet<string>> skipped = new(StringComparer.Ordinal);

    public PictureFiles(string folder) => root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));

    /// <summary>What was left out and why, such as <c>files .tiff are not read: 2 (first: …)</c>.</summary>
    public ValueList<string> Notes => [.. skipped.Select(pair => $"{pair.Key}: {pair.Value.Count} (first: {pair.Value.Min})")];

    /// <summary>The subfolders in ordinal order, without hidden ones and links back.</summary>
    public List<string> Folders(string folder) => Disk.Sorted(folder, path => Directory.EnumerateDirectories(path).Where(IsRead));

    /// <summary>The pictures in a folder and, to a depth, in its subfolders; in ordinal order.</summary>
    public List<string> Pictures(string folder, bool deep)
    {
        var all = new List<string>();
        Collect(folder, deep ? MaxDepth : 0, all);
        all.Sort(StringComparer.Ordinal);
        return all;
    }

    private void Collect(string folder, int depth, List<string> all)
    {
        foreach (var file in Disk.Sorted(folder, Directory.EnumerateFiles))
            if (IsHidden(file))
                Skip("hidden files are not read", file);
            else if (Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
                all.Add(file);
            else
                Skip($"files {(Path.GetExtension(file) is { Length: > 0 } kind ? kind.ToLowerInvariant() : "without extension")} "
                    + "are not read",
                    file);
        if (depth > 0)
            foreach (var inner in Folders(folder))
                Collect(inner, depth - 1, all);
    }

    private bool IsRead(string folder)
    {
        if (IsHidden(folder))
            return Skip("hidden folders are not read", folder);
        return !LeadsBack(folder) || Skip("links to a folder that is read already are not followed", folder);
    }

    private bool Skip(string reason, string path)
    {
        // A set: a folder is looked at more than once.
        if (!skipped.TryGetValue(reason, out var paths))
            skipped[reason] = paths = new(StringComparer.Ordinal);
        paths.Add(path);
        return false;
    }

    // Archives made on a Mac carry a second tree of files that are no pictures.
    private static bool IsHidden(string path) =>
        Path.GetFileName(path) is var name && (name.StartsWith('.') || name == "__MACOSX")
        || File.GetAttributes(path).HasFlag(FileAttributes.Hidden);

    private bool LeadsBack(string folder) => Directory.ResolveLinkTarget(folder, returnFinalTarget: true) is { } target
        && (IsIn(target.FullName, root) || IsIn(root, target.FullName));

    private static bool IsIn(string path, string folder) =>
        Path.TrimEndingDirectorySeparator(path) is var inner && inner == Path.TrimEndingDirectorySeparator(folder)
        || path.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
