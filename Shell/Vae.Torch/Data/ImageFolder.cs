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
        if (Parts(files, folder) is not var (train, test, held))
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

    /// <summary>The folders train, test and perhaps validation of a folder that has no other; null of any other folder.</summary>
    internal static PartFolders? Parts(string folder) => Parts(new PictureFiles(folder), folder);

    private static PartFolders? Parts(PictureFiles files, string folder)
    {
        var parts = files.Folders(folder);
        var held = Named(parts, Validating);
        return Named(parts, Training) is { } train && Named(parts, Testing) is { } test && parts.Count <= (held is null ? 2 : 3)
            ? new(train, test, held) : null;
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
        var pictures = new FilePictures(files, PictureReading.Decoder(options, folder), PictureFit.Of(options));
        var shape = like ?? PictureReading.ShapeOf(pictures, options);
        return Dataset.Create(folder, shape, PictureReading.Read(pictures, shape, options), labels, classes)
            .WithNotes(found.Notes.Append(PngDepths.Note(pictures)));
    }

    private static string Left(PictureFiles found) => found.Notes.Count == 0 ? "" : $": {string.Join("; ", found.Notes)}";

    private static string? Named(List<string> folders, string[] names) =>
        folders.Find(folder => names.Contains(Path.GetFileName(folder), StringComparer.OrdinalIgnoreCase));

    private static List<string> Classes(PictureFiles files, string folder) =>
        [.. files.Folders(folder).Where(path => files.Pictures(path, deep: true).Count > 0).Select(Path.GetFileName).OfType<string>()];
}

/// <summary>The folders of the parts of a data set.</summary>
internal sealed record PartFolders(string Train, string Test, string? Validation);
