using System.Formats.Tar;
using System.Text;

namespace Vae.Torch;

/// <summary>A picture in a tar file.</summary>
/// <param name="Offset">Where its bytes begin in the file.</param>
/// <param name="Length">Number of its bytes.</param>
/// <param name="Folders">Folders of its name within the tar file, joined by slashes; empty for none.</param>
/// <param name="Class">The text of the .cls entry that has its name; null without one.</param>
/// <param name="Text">The text of the .txt entry that has its name; null without one.</param>
internal sealed record TarPicture(long Offset, int Length, string Folders, string? Class, string? Text);

/// <summary>
/// The pictures of a tar file in its order. Names of entries are texts: no path is made of them, and nothing is written to a disk.
/// </summary>
/// <param name="Path">The file.</param>
/// <param name="Pictures">What it holds.</param>
/// <param name="Skipped">What is left out and why, with the number of entries.</param>
internal sealed record TarShard(string Path, List<TarPicture> Pictures, SortedDictionary<string, int> Skipped)
{
    // Longer texts are captions, and longer pictures no decoder takes.
    private const int MaxClass = 256, MaxPicture = 1 << 30;

    private static readonly TarEntryType[] Files = [TarEntryType.RegularFile, TarEntryType.V7RegularFile, TarEntryType.ContiguousFile];

    private sealed record Found(string Name, long Offset, int Length);

    /// <summary>Reads the headers of a file; the pictures themselves are read where they are needed.</summary>
    /// <exception cref="VaeException">The file is damaged, or an entry says a size that cannot be.</exception>
    public static TarShard Read(string path) => Disk.Read(path, file =>
    {
        var (found, texts, skipped) = (new List<Found>(), new Dictionary<string, string>(StringComparer.Ordinal),
            new SortedDictionary<string, int>(StringComparer.Ordinal));
        Walk(path, file, entry =>
        {
            var name = Plain(entry.Name);
            if (Reason(entry, name) is { Length: > 0 } reason)
                skipped[reason] = skipped.GetValueOrDefault(reason) + 1;
            else if (IsText(name))
                texts[name] = Text(path, entry);
            else
                found.Add(new(name, entry.DataOffset, (int)entry.Length));
        });
        var folders = new Dictionary<string, string>(StringComparer.Ordinal);
        return new TarShard(path, [.. found.Select(one => new TarPicture(
            one.Offset, one.Length, Shared(folders, one.Name[..Math.Max(0, one.Name.LastIndexOf('/'))]),
            texts.GetValueOrDefault($"{Stem(one.Name)}.cls"), texts.GetValueOrDefault($"{Stem(one.Name)}.txt")))], skipped);
    });

    /// <summary>The name of the entry at an offset, for a message.</summary>
    public static string NameAt(string path, long offset)
    {
        var name = "";
        Disk.Read(path, file =>
        {
            Walk(path, file, entry => name = entry.DataOffset == offset ? SafeText.Cut(entry.Name) : name);
            return true;
        });
        return name;
    }

    private static void Walk(string path, FileStream file, Action<TarEntry> visit)
    {
        try
        {
            using var reader = new TarReader(file, leaveOpen: true);
            var (end, at) = (0L, TarHeaders.ContentAt(file, 0));
            while (reader.GetNextEntry() is { } entry)
            {
                // Attributes of all entries are an entry of their own, and checked with the one after them.
                if (entry.EntryType != TarEntryType.GlobalExtendedAttributes)
                    at = TarHeaders.ContentAt(file, at + TarHeaders.Padded(entry.Length));
                end = Math.Max(end, entry.DataOffset + entry.Length);
                if (entry.Length > 0 && (entry.DataOffset < 0 || entry.Length > file.Length - entry.DataOffset))
                    throw new VaeException(
                        $"{path}: must hold the {entry.Length} bytes that its entry {SafeText.Cut(entry.Name)} announces, "
                        + $"got {Math.Max(0, file.Length - entry.DataOffset)} to the end of the file");
                visit(entry);
            }
            // A file that was cut between two entries would be a smaller set.
            if (file.Length < TarHeaders.Padded(end) + TarHeaders.Unit)
                throw new VaeException($"{path}: must end with an empty block, got the end of the file after its last entry (it was cut)");
        }
        // The reader's own errors in a header that is not one.
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException or InvalidOperationException)
        {
            throw new InvalidDataException($"not a tar header ({e.Message})", e);
        }
    }

    // Why an entry is left out; empty if it is read.
    private static string Reason(TarEntry entry, string name)
    {
        var last = name[(name.LastIndexOf('/') + 1)..];
        if (entry.EntryType == TarEntryType.Directory)
            return "folders";
        if (!Files.Contains(entry.EntryType))
            return "links and other entries that are no files";
        if (last.StartsWith('.') || name.StartsWith("__MACOSX/", StringComparison.Ordinal))
            return "hidden files";
        if (IsText(name))
            return "";
        var kind = System.IO.Path.GetExtension(last);
        return !ImageFolder.Extensions.Contains(kind, StringComparer.OrdinalIgnoreCase)
            ? $"files {(kind.Length > 0 ? SafeText.Cut(kind.ToLowerInvariant()) : "without extension")}"
            : entry.Length is 0 or > MaxPicture ? "pictures of no byte or more than 1 GiB" : "";
    }

    private static bool IsText(string name) =>
        name.EndsWith(".cls", StringComparison.Ordinal) || name.EndsWith(".txt", StringComparison.Ordinal);

    private static string Text(string path, TarEntry entry)
    {
        if (entry.Length > MaxClass)
            return entry.Name.EndsWith(".txt", StringComparison.Ordinal) ? new('…', MaxClass + 1)
                : throw new VaeException($"{path}: must have a class of at most {MaxClass} bytes in {SafeText.Cut(entry.Name)}, "
                    + $"got {entry.Length}");
        var bytes = new byte[entry.Length];
        entry.DataStream?.ReadExactly(bytes);
        return Encoding.UTF8.GetString(bytes).Trim();
    }

    // What ./ and ../ say matters to nobody who opens no path.
    private static string Plain(string name) =>
        string.Join('/', name.Split('/', '\\').Where(part => part is not ("" or "." or "..")));

    // The key of a sample: its name to the first dot of the last part.
    private static string Stem(string name) =>
        name.IndexOf('.', name.LastIndexOf('/') + 1) is >= 0 and var dot ? name[..dot] : name;

    private static string Shared(Dictionary<string, string> known, string text) => known.TryAdd(text, text) ? text : known[text];
}
