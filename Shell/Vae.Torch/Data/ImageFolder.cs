namespace Vae.Torch;

/// <summary>Reads images from a folder, from one folder per class, or from the folders train and test of either form.</summary>
internal static class ImageFolder
{
    internal static readonly string[] Extensions = PictureFiles.Extensions;
    internal const int LargestSide = 16_384;

    private static readonly string[] Training = ["train", "training"], Testing = ["test", "testing"],
        Validating = ["validation", "valid", "val"];

    /// <summary>Reads a folder and splits it; the folders train, test and validation are the parts of those names.</summary>
    /// <exception cref="VaeException">The folder has no images, an image cannot be decoded, or an option is out of range.</exception>
    public static DataSplit Load(string folder, DataOptions options)
    {
        var files = new PictureFiles(folder);
        var parts = files.Folders(folder);
        var held = Named(parts, Validating);
        if (Named(parts, Training) is not { } train || Named(parts, Testing) is not { } test || parts.Count > (held is null ? 2 : 3))
            return Splits.ByRule(Read(folder, options), options).Split;
        if (files.Pictures(folder, deep: false) is [var beside, ..])
            throw new VaeException($"{folder}: must hold the folders {Path.GetFileName(train)} and {Path.GetFileName(test)} only, "
                + $"got {Path.GetFileName(beside)} beside them");
        var classes = new[] { train, test, held }.OfType<string>().SelectMany(part => Classes(files, part))
            .Distinct().Order(StringComparer.Ordinal).ToList();
        var first = ReadPart(files, train, options, classes, null);
        var tested = ReadPart(files, test, options, classes, first.Shape);
        return held is null
            ? Splits.Divide(first, tested, options.Validation, options.Seed)
            : new(first, ReadPart(files, held, options, classes, first.Shape), tested);
    }

    /// <summary>
    /// Reads the files in ordinal order of their paths. Subfolders with images are the classes; their files may lie at any depth.
    /// Hidden files and folders are left out, and links to a folder above or within are not followed. Height and width come from the
    /// options, else from the first image; a folder is grey if all its images are. Images are resized to a given size. Transparency is
    /// drawn over black. Not yet split.
    /// </summary>
    /// <exception cref="VaeException">The folder has no images, an image cannot be decoded, or an option is out of range.</exception>
    public static Dataset Read(string folder, DataOptions options)
    {
        var files = new PictureFiles(folder);
        return ReadPart(files, folder, options, Classes(files, folder), null);
    }

    private static Dataset ReadPart(PictureFiles found, string folder, DataOptions options, List<string> classes, Shape? like)
    {
        var top = found.Pictures(folder, deep: false);
        var inner = found.Folders(folder).Select(path => (Name: Path.GetFileName(path), Files: found.Pictures(path, deep: true)))
            .Where(c => c.Files.Count > 0).ToList();
        if (top.Count > 0 && inner.Count > 0)
            throw new VaeException($"{folder}: must hold pictures or one folder per class, "
                + $"got both ({Path.GetFileName(top[0])} beside the folder {inner[0].Name})");
        if (top.Count + inner.Count == 0)
            throw new VaeException($"{folder}: must hold pictures ({string.Join(", ", Extensions)}), got none{Left(found)}");
        if (top.Count > 0 && classes.Count > 0)
            throw new VaeException($"{folder}: must have one folder per class, as the other parts have, got pictures");
        var files = top.Concat(inner.SelectMany(c => c.Files)).ToList();
        int[] labels = [.. inner.SelectMany(c => Enumerable.Repeat(classes.IndexOf(c.Name), c.Files.Count))];
        var decoder = options.Decoder ?? throw new VaeException(
            $"{folder}: must have a decoder to be read "
            + "(add the package Vae.Pictures, and ImageDecoders.Skia as the decoder of the data options), got none");
        var shape = like ?? ShapeOf(files, decoder, options);
        return Dataset.Create(folder, shape, ReadAll(files, shape, decoder, options), labels, classes)
            .WithNotes(found.Notes.Append(PngDepths.Note(files)));
    }

    private static string Left(PictureFiles found) => found.Notes.Count == 0 ? "" : $": {string.Join("; ", found.Notes)}";

    private static string? Named(List<string> folders, string[] names) =>
        folders.Find(folder => names.Contains(Path.GetFileName(folder), StringComparer.OrdinalIgnoreCase));

    private static List<string> Classes(PictureFiles files, string folder) =>
        [.. files.Folders(folder).Where(path => files.Pictures(path, deep: true).Count > 0).Select(Path.GetFileName).OfType<string>()];

    private static Shape ShapeOf(List<string> files, IImageDecoder decoder, DataOptions options)
    {
        if (options.Memory < 0)
            throw new VaeException($"data.memory: must be at least 0, got {options.Memory}");
        if (options.Channels is not (0 or 1 or 3))
            throw new VaeException($"data.channels: must be 1 (grey) or 3 (colour), got {options.Channels}");
        if (options.Height < 0 || options.Width < 0 || options.Height == 0 != (options.Width == 0)
            || Math.Max(options.Height, options.Width) > LargestSide)
            throw new VaeException($"data.height, data.width: must both be in 1..{LargestSide}, or both left out, "
                + $"got {options.Height} and {options.Width}");
        var stored = decoder.ShapeOf(files[0]);
        return Shape.Image(
            // One grey picture among others does not make them grey.
            options.Channels != 0 ? options.Channels
                : stored.Channels == 3 || files.Exists(file => decoder.ShapeOf(file).Channels == 3) ? 3 : 1,
            options.Height != 0 ? options.Height : stored.Height,
            options.Width != 0 ? options.Width : stored.Width);
    }

    private static Pixels ReadAll(List<string> files, Shape shape, IImageDecoder decoder, DataOptions options)
    {
        var fit = PictureFit.Of(options);
        var max = options.Memory == 0 ? Array.MaxLength : Math.Min(options.Memory, Array.MaxLength);
        if (files.Count * shape.Size > max)
            return Pixels.OfStore(new StoredImages(files, shape, decoder, fit, max));
        var size = (int)shape.Size;
        // A first picture that only claims its size is refused before memory is taken for all.
        fit.Decode(decoder, files[0], shape, new byte[size]);
        var all = new byte[files.Count * size];
        Each(files.Count, i => fit.Decode(decoder, files[i], shape, all.AsSpan(i * size, size)));
        return Pixels.OfBytes(all);
    }

    /// <summary>Calls an action for each index, on all cores; throws the error of the lowest index, if any.</summary>
    internal static void Each(int count, Action<int> read)
    {
        var errors = new VaeException?[count];
        Parallel.For(0, count, i =>
        {
            try
            {
                read(i);
            }
            catch (VaeException e)
            {
                errors[i] = e;
            }
        });
        // The first in order, not in time: the same folder gives the same message.
        if (Array.Find(errors, e => e is not null) is { } error)
            throw error;
    }
}
