namespace Vae.Torch;

/// <summary>Reads images from a folder, or from one folder per class.</summary>
internal static class ImageFolder
{
    internal static readonly string[] Extensions = [".png", ".jpg", ".jpeg", ".bmp", ".webp", ".gif"];
    // A link to a folder above would otherwise recurse for ever.
    private const int MaxFolders = 16;
    internal const int LargestSide = 16_384;

    /// <summary>
    /// Reads the files in ordinal order of their paths. Subfolders with images are the classes; their files may lie at any depth.
    /// Channels, height and width come from the options, else from the first image; images are resized to a given size.
    /// Transparency is drawn over black, and orientation tags are ignored. Not yet split.
    /// </summary>
    /// <exception cref="VaeException">The folder has no images, an image cannot be decoded, or an option is out of range.</exception>
    public static Dataset Read(string folder, DataOptions options)
    {
        var top = Pictures(folder, depth: 0);
        var classes = Disk.Sorted(folder, Directory.EnumerateDirectories)
            .Select(path => (Name: Path.GetFileName(path), Files: Pictures(path, MaxFolders)))
            .Where(c => c.Files.Count > 0).ToList();
        if (top.Count > 0 && classes.Count > 0)
            throw new VaeException($"{folder}: must hold pictures or one folder per class, "
                + $"got both ({Path.GetFileName(top[0])} beside the folder {classes[0].Name})");
        if (top.Count + classes.Count == 0)
            throw new VaeException($"{folder}: must hold pictures ({string.Join(", ", Extensions)}), got none");
        var files = top.Concat(classes.SelectMany(c => c.Files)).ToList();
        int[] labels = [.. classes.SelectMany((c, label) => Enumerable.Repeat(label, c.Files.Count))];
        var decoder = options.Decoder ?? throw new VaeException(
            $"{folder}: must have a decoder to be read "
            + "(add the package Vae.Pictures, and ImageDecoders.Skia as the decoder of the data options), got none");
        var shape = ShapeOf(files[0], decoder, options);
        return Dataset.Create(folder, shape, ReadAll(files, shape, decoder, options), labels, [.. classes.Select(c => c.Name)]);
    }

    private static List<string> Pictures(string folder, int depth)
    {
        var all = new EnumerationOptions { RecurseSubdirectories = depth > 0, MaxRecursionDepth = depth, IgnoreInaccessible = false };
        return Disk.Sorted(folder, path => Directory.EnumerateFiles(path, "*", all)
            .Where(file => Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)));
    }

    private static Shape ShapeOf(string first, IImageDecoder decoder, DataOptions options)
    {
        if (options.Channels is not (0 or 1 or 3))
            throw new VaeException($"data.channels: must be 1 (grey) or 3 (colour), got {options.Channels}");
        if (options.Height < 0 || options.Width < 0 || options.Height == 0 != (options.Width == 0)
            || Math.Max(options.Height, options.Width) > LargestSide)
            throw new VaeException($"data.height, data.width: must both be in 1..{LargestSide}, or both left out, "
                + $"got {options.Height} and {options.Width}");
        var stored = decoder.ShapeOf(first);
        return Shape.Image(
            options.Channels != 0 ? options.Channels : stored.Channels,
            options.Height != 0 ? options.Height : stored.Height,
            options.Width != 0 ? options.Width : stored.Width);
    }

    private static Pixels ReadAll(List<string> files, Shape shape, IImageDecoder decoder, DataOptions options)
    {
        if (options.Memory < 0)
            throw new VaeException($"data.memory: must be at least 0, got {options.Memory}");
        var max = options.Memory == 0 ? Array.MaxLength : Math.Min(options.Memory, Array.MaxLength);
        if (files.Count * shape.Size > max)
            return Pixels.OfStore(new StoredImages(files, shape, decoder, options.Height != 0, max));
        var size = (int)shape.Size;
        var all = new byte[files.Count * size];
        Each(files.Count, i => decoder.Decode(files[i], shape, options.Height != 0, all.AsSpan(i * size, size)));
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
