using System.Globalization;
using System.IO.Compression;

namespace Vae.Torch;

/// <summary>
/// Reads data sets from NumPy files: .npy holds examples without labels; .npz holds examples (x, images or arr_0), labels (y,
/// labels or arr_1) and condition values (c or conditions), or those of two sets (x_train, y_train, c_train, x_test, y_test, c_test).
/// </summary>
internal static class NumpyFiles
{
    private static readonly string[] ItemKeys = ["x", "images", "arr_0"];
    private static readonly string[] LabelKeys = ["y", "labels", "arr_1"];
    private static readonly string[] ConditionKeys = ["c", "conditions"];

    /// <summary>Whether a .npz file has a training set of its own, x_train.</summary>
    /// <param name="path">The file.</param>
    public static bool HasParts(string path) => IsArchive(path) && Keys(path).Contains("x_train");

    /// <summary>Reads a file; examples are [N, D], [N, H, W], [N, C, H, W] or [N, H, W, C] with C = 1 or 3. Not yet split.</summary>
    /// <param name="path">The file.</param>
    /// <param name="reading">What the numbers mean; null for intensities.</param>
    /// <exception cref="VaeException">The file is damaged, lacks examples, or a value is out of range.</exception>
    public static Dataset Read(string path, Reading? reading = null) => IsArchive(path)
        ? Disk.Read(path, file => ReadPart(new(file, ZipArchiveMode.Read), path, file.Length, reading ?? new(), ""))
        : ToDataset(path, Npy.Read(path), null, reading ?? new());

    /// <summary>The examples of a .npy file that are read from it where they are needed; not yet split.</summary>
    /// <param name="path">The file.</param>
    /// <param name="reading">What the numbers mean.</param>
    /// <param name="memory">Maximum number of bytes of examples to hold at a time.</param>
    /// <exception cref="VaeException">The file is damaged, or a value is out of range.</exception>
    public static Dataset ReadInParts(string path, Reading reading, long memory)
    {
        var form = Disk.Read(path, file => Npy.ReadForm(file, path));
        RequireItems(path, form.Shape);
        var shape = ShapeOf(path, form.Shape, reading, out var channelsLast);
        return Dataset.Create(path, shape, Pixels.OfStore(new NpyStore(path, form, shape, channelsLast, reading, memory)), default, []);
    }

    /// <summary>The items under each of some keys of an .npz file, in that order.</summary>
    public static Dataset[] ReadParts(string path, string[] keys) => Disk.Read(path, file =>
    {
        using var zip = new ZipArchive(file, ZipArchiveMode.Read);
        return Array.ConvertAll(keys, key => ToDataset(path, ReadEntry(zip, key, path, file.Length), null, new()));
    });

    /// <summary>The array under a key of an .npz file.</summary>
    /// <exception cref="VaeException">The file is damaged, or lacks the key.</exception>
    public static NpyArray ReadArray(string path, string key) => Disk.Read(path, file =>
    {
        using var zip = new ZipArchive(file, ZipArchiveMode.Read);
        return ReadEntry(zip, key, path, file.Length);
    });

    private static bool IsArchive(string path) => path.EndsWith(".npz", StringComparison.OrdinalIgnoreCase);

    private static List<string> Keys(string path) => Disk.Read(path, file =>
    {
        using var zip = new ZipArchive(file, ZipArchiveMode.Read);
        return Keys(zip);
    });

    private static List<string> Keys(ZipArchive zip) => [.. zip.Entries.Select(e => Path.GetFileNameWithoutExtension(e.FullName))];

    /// <summary>Reads x_train and x_test (with y_train and y_test) of a .npz file as the training and test sets.</summary>
    /// <param name="path">A file that <see cref="HasParts"/>.</param>
    /// <param name="reading">What the numbers mean.</param>
    /// <param name="options">How data is split.</param>
    /// <exception cref="VaeException">The file is damaged, or the parts do not fit each other.</exception>
    public static DataSplit ReadParts(string path, Reading reading, DataOptions options)
    {
        Dataset Part(string name) => Disk.Read(path, file => ReadPart(new(file, ZipArchiveMode.Read), path, file.Length, reading, name));
        var train = Part("_train");
        if (!Keys(path).Contains("x_test"))
            return Splits.ByRule(train, options).Split;
        var test = Part("_test");
        if (test.Shape != train.Shape || test.ConditionWidth != train.ConditionWidth)
            throw new VaeException($"{path}: must hold test items of the training items' shape {train.Shape}, got {test.Shape}");
        // A class may be missing from one part.
        var classes = Union(train.Classes, test.Classes);
        return Splits.Divide(train.WithClasses(classes), test.WithClasses(classes), options.Validation, options.Seed);
    }

    private static List<string> Union(IReadOnlyList<string> some, IReadOnlyList<string> others)
    {
        var all = some.Union(others).Order(StringComparer.Ordinal).ToList();
        return all.TrueForAll(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            ? [.. all.OrderBy(name => int.Parse(name, CultureInfo.InvariantCulture))] : all;
    }

    private static Dataset ReadPart(ZipArchive archive, string path, long length, Reading reading, string part)
    {
        using var zip = archive;
        var keys = Keys(zip);
        string[] Named(string[] known) => part.Length == 0 ? known : [known[0] + part];
        var items = ReadEntry(zip, Key(path, keys, Named(ItemKeys)) ?? throw NoItems(path, keys), path, length);
        var labels = Key(path, keys, Named(LabelKeys)) is { } labelKey ? ReadEntry(zip, labelKey, path, length) : null;
        var data = ToDataset(path, items, labels, reading);
        return Key(path, keys, Named(ConditionKeys)) is { } key ? WithConditions(data, ReadEntry(zip, key, path, length)) : data;
    }

    private static Dataset WithConditions(Dataset data, NpyArray conditions) =>
        conditions.Shape is { Length: 1 or 2 } shape && shape[0] == data.Count
            ? data.WithConditions(conditions.Floats(), shape.Length == 2 ? shape[1] : 1)
            : throw new VaeException($"{conditions.Path}: must hold conditions [{data.Count}, W], one row for each item, "
                + $"got ({string.Join(", ", conditions.Shape)})");

    private static VaeException NoItems(string path, List<string> keys) =>
        new($"{path}: must hold items under {string.Join(", ", ItemKeys)}, got the keys {string.Join(", ", keys)}");

    private static string? Key(string path, List<string> keys, string[] known)
    {
        var found = keys.Where(k => known.Contains(k, StringComparer.Ordinal)).ToList();
        return found.Count > 1
            ? throw new VaeException($"{path}: must hold only one of {string.Join(", ", known)}, got {string.Join(", ", found)}")
            : found.FirstOrDefault();
    }

    private static NpyArray ReadEntry(ZipArchive zip, string key, string path, long fileLength)
    {
        var entry = zip.GetEntry(key + ".npy") ?? throw new VaeException($"{path}: must hold {key}.npy, got {key} under another name");
        ZipEntries.Verify(entry, $"{path}:{key}");
        using var content = entry.Open();
        // The size in the entry is not trusted beyond what the file's bytes can expand to.
        return Npy.Read(content, $"{path}:{key}", Math.Min(entry.Length, checked(fileLength * Disk.DeflateRatio)));
    }

    private static Dataset ToDataset(string path, NpyArray items, NpyArray? given, Reading reading)
    {
        RequireItems(path, items.Shape);
        var shape = ShapeOf(path, items.Shape, reading, out var channelsLast);
        var (labels, classes) = given?.Labels(items.Shape[0]) ?? ([], []);
        var pixels = Numbers(items, shape, reading);
        return Dataset.Create(path, shape, channelsLast ? ChannelsFirst(pixels, shape) : pixels, labels, classes);
    }

    private static Pixels Numbers(NpyArray items, Shape shape, Reading reading) =>
        items.Dtype == "|u1" && !reading.RawValues && items.Data.AsSpan().ContainsAnyExceptInRange((byte)0, (byte)1)
            ? Pixels.OfBytes(items.Data)
            : Pixels.OfNumbers(items.Floats(), i => $"{items.Path}, item {i / shape.Size}, value {i % shape.Size}", reading);

    private static void RequireItems(string path, int[] shape)
    {
        if (shape.Length < 2 || shape.Contains(0))
            throw new VaeException($"{path}: must hold items [N, ...] of at least two dimensions and one value, "
                + $"got shape ({string.Join(", ", shape)})");
    }

    private static Shape ShapeOf(string path, int[] s, Reading reading, out bool channelsLast)
    {
        channelsLast = s.Length == 4 && s[1] is not (1 or 3) && s[3] is 1 or 3;
        return s switch
        {
            [_, var d] => Dataset.ShapeOfFlat(d, reading),
            [_, var h, var w] => Shape.Image(1, h, w),
            [_, 1 or 3, var h, var w] => Shape.Image(s[1], h, w),
            [_, var h, var w, 1 or 3] => Shape.Image(s[3], h, w),
            _ => throw new VaeException($"{path}: must hold items [N, D], [N, H, W], [N, C, H, W] or [N, H, W, C] with C 1 or 3, "
                + $"got ({string.Join(", ", s)})"),
        };
    }

    private static Pixels ChannelsFirst(Pixels pixels, Shape shape) => pixels.Match(
        bytes => Pixels.OfBytes(Moved(bytes.Span, shape)),
        floats => Pixels.OfFloats(Moved(floats.Span, shape)));

    private static T[] Moved<T>(ReadOnlySpan<T> from, Shape shape)
    {
        var to = new T[from.Length];
        var size = (int)shape.Size;
        var plane = shape.Height * shape.Width;
        for (var i = 0; i < from.Length; i++)
        {
            var rest = i % size;
            to[i - rest + rest % shape.Channels * plane + rest / shape.Channels] = from[i];
        }
        return to;
    }
}
