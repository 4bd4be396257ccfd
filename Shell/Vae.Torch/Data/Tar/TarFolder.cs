namespace Vae.Torch;

/// <summary>Reads pictures in tar files (shards), as WebDataset writes them. Nothing is extracted.</summary>
internal static class TarFolder
{
    private const string Extension = ".tar";

    /// <summary>Whether a path is that of a tar file, of a folder of such, or of the folders train and test of such.</summary>
    public static bool IsTar(string path) => File.Exists(path) ? IsShard(path)
        : Directory.Exists(path) && (Shards(path).Count > 0 || ImageFolder.Parts(path) is { } parts && Shards(parts.Train).Count > 0);

    /// <summary>Reads and splits them; the folders train, test and validation are the parts of those names.</summary>
    /// <exception cref="VaeException">A file is damaged, a picture cannot be decoded, or an option is out of range.</exception>
    public static DataSplit Load(string path, DataOptions options)
    {
        if (File.Exists(path) || Shards(path).Count > 0 || ImageFolder.Parts(path) is not { } parts)
        {
            var opened = Open(path);
            return Splits.ByRule(Read(path, opened, TarClasses.Of(opened, opened), options, [], null), options).Split;
        }
        List<TarShard>[] shards = [Open(parts.Train), Open(parts.Test), parts.Validation is { } held ? Open(held) : []];
        List<TarShard> all = [.. shards.SelectMany(part => part)];
        TarClasses[] found = [.. shards.Select(part => TarClasses.Of(part, all))];
        var classes = TarClasses.Names(found.SelectMany(part => part.Texts));
        var train = Read(parts.Train, shards[0], found[0], options, classes, null);
        var test = Read(parts.Test, shards[1], found[1], options, classes, train.Shape);
        return parts.Validation is null ? Splits.Divide(train, test, options.Validation, options.Seed)
            : new(train, Read(parts.Validation, shards[2], found[2], options, classes, train.Shape), test);
    }

    private static Dataset Read(
        string path, List<TarShard> shards, TarClasses found, DataOptions options, List<string> known, Shape? like)
    {
        var classes = known.Count > 0 ? known : TarClasses.Names(found.Texts);
        if (known.Count > 0 && found.Texts.Count == 0)
            throw new VaeException($"{path}: must have classes, as the other parts have, got none");
        var labels = classes.Select((name, label) => (name, label)).ToDictionary(pair => pair.name, pair => pair.label);
        var pictures = new TarPictures(shards, PictureReading.Decoder(options, path), PictureFit.Of(options));
        var shape = like ?? PictureReading.ShapeOf(pictures, options);
        var data = Dataset.Create(
            path, shape, PictureReading.Read(pictures, shape, options), found.Texts.Select(text => labels[text]).ToArray(), classes);
        return data.WithNotes(ValueList.From([.. Left(shards), .. found.Note.Length > 0 ? [found.Note] : new string[0],
                .. PngDepths.Note(pictures)]))
            .WithBlocks(options.ShuffleBlocks == 0 ? [] : ExampleBlocks.OfFiles(shards.Select(shard => shard.Pictures.Count)));
    }

    private static List<TarShard> Open(string path)
    {
        var paths = File.Exists(path) ? [path] : Shards(path);
        if (Directory.Exists(path) && paths.Count > 0 && Beside(path) is { } beside)
            throw new VaeException($"{path}: must hold tar files of pictures or pictures, "
                + $"got both ({Path.GetFileName(paths[0])} beside {Path.GetRelativePath(path, beside)})");
        var shards = new TarShard[paths.Count];
        PictureReading.Each(paths.Count, i => shards[i] = TarShard.Read(paths[i]));
        return shards.Any(shard => shard.Pictures.Count > 0) ? [.. shards]
            : throw new VaeException($"{path}: must hold pictures ({string.Join(", ", ImageFolder.Extensions)}) in its tar files, got none"
                + string.Concat(Left(shards).Select(note => $": {note}")));
    }

    // What lies beside tar files and would be read without them.
    private static string? Beside(string folder) => new PictureFiles(folder).Pictures(folder, deep: true) is [var picture, ..] ? picture
        : ImageFolder.Parts(folder) is { } parts && Shards(parts.Train).Count > 0 ? parts.Train : null;

    private static IEnumerable<string> Left(IReadOnlyList<TarShard> shards) => shards
        .SelectMany(shard => shard.Skipped).Where(pair => pair.Key != "folders").GroupBy(pair => pair.Key, pair => pair.Value)
        .OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Key} are not read: {group.Sum()}");

    private static List<string> Shards(string folder) =>
        !Directory.Exists(folder) ? [] : [.. Disk.Sorted(folder, Directory.EnumerateFiles).Where(IsShard)];

    private static bool IsShard(string path) =>
        path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) && !Path.GetFileName(path).StartsWith('.');
}
