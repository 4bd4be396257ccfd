namespace Vae.Torch;

/// <summary>Loads data sets by name or path.</summary>
public static class DataSources
{
    /// <summary>The names of the known data sets.</summary>
    public static IReadOnlyList<string> Names => KnownSets.Names;

    /// <summary>Loads the data of an experiment.</summary>
    /// <param name="spec">The data specification.</param>
    /// <param name="root">Folder to look in first, and to download to; empty for the user's cache.</param>
    /// <param name="seed">The experiment's seed, by which the data is split.</param>
    /// <param name="progress">Receives download progress.</param>
    /// <param name="decoder">
    /// Decodes image files; needed for image folders only. The package Vae.Pictures has <c>ImageDecoders.Skia</c>.
    /// </param>
    /// <returns>The training, validation and test sets.</returns>
    /// <exception cref="VaeException">The data is absent, malformed, or cannot be downloaded.</exception>
    /// <example>
    /// <code>
    /// var experiment = RunFolder.Open("runs/digits").Experiment();
    /// var data = DataSources.Load(experiment.Data, root: "", experiment.Train.Seed);
    /// </code>
    /// </example>
    public static DataSplit Load(
        DataSpec spec, string root, ulong seed, IProgress<DownloadProgress>? progress = null, IImageDecoder? decoder = null) =>
        Load(spec.Source, DataOptions.For(spec, seed) with { Root = root, Decoder = decoder }, progress);

    /// <summary>Loads a data set and splits it into training, validation and test sets.</summary>
    /// <param name="nameOrPath">
    /// A name of <see cref="Names"/>; a folder of images, of tar files or of IDX files; or a .npy, .npz, .csv, .tsv or .tar file. A relative
    /// path that does not exist is looked up in the root.
    /// </param>
    /// <param name="options">How the data is read and split; null for the defaults.</param>
    /// <param name="progress">Receives download progress.</param>
    /// <returns>The training, validation and test sets; validation may be empty.</returns>
    /// <exception cref="VaeException">The data is absent or malformed, cannot be downloaded, or an option is out of range.</exception>
    /// <example>
    /// <code>
    /// var digits = DataSources.Load("digits", new(Validation: 0.1));         // built in: nothing is downloaded
    /// var table = DataSources.Load("measurements.csv", new(RawValues: true));
    /// </code>
    /// </example>
    public static DataSplit Load(string nameOrPath, DataOptions? options = null, IProgress<DownloadProgress>? progress = null)
    {
        options ??= new();
        if (options.Limit < 0)
            throw new VaeException($"data.limit: must be at least 0, got {options.Limit}");
        if (options.ShuffleBlocks < 0)
            throw new VaeException($"data.shuffleBlocks: must be at least 0, got {options.ShuffleBlocks}");
        var split = LoadAll(nameOrPath, options, progress);
        if (options.Masked)
            split = split with { Train = split.Train.WithMask(), Validation = split.Validation.WithMask(), Test = split.Test.WithMask() };
        var limited = options.Limit == 0 || options.Limit >= split.Train.Count
            ? split
            : split with { Train = split.Train.Take(Splits.First(split.Train, options.Limit, options.Seed)) };
        return Splits.ExcludeClasses(limited, options.ExcludedClasses ?? []);
    }

    private static DataSplit LoadAll(string nameOrPath, DataOptions options, IProgress<DownloadProgress>? progress)
    {
        if (Names.Contains(nameOrPath))
            return KnownSets.Load(nameOrPath, options, progress);
        var path = DataRoots.Locate(nameOrPath, options.Root);
        if (TarFolder.IsTar(path))
            return TarFolder.Load(path, options);
        if (Directory.Exists(path))
            return Mnist.IsFolder(path) ? Mnist.LoadFolder(path, options) : ImageFolder.Load(path, options);
        if (options is { Schema: { IsTable: true } unrolled, Windows: { IsUsed: true } windows } && File.Exists(path)
            && TableFile.IsTable(path, options.Tables))
            return WindowTable.Open(path, options.Tables, unrolled, windows, options.Masked).Divide(options);
        if (TableFile.IsOf(options.Tables, path) && File.Exists(path))
            return options.ShuffleBlocks > 0 ? DivideGroups(path, options, options.Tables!) : DivideTable(path, options);
        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".npz" when File.Exists(path) && NumpyFiles.HasParts(path) =>
                NumpyFiles.ReadParts(path, new(options.RawValues, options.Masked), options),
            // Its rows are not compared with those of the run when it is resumed: they are read once for facts, and then as needed.
            ".npy" when File.Exists(path) && new FileInfo(path).Length > options.MaxBytes => Splits.ByRule(
                InBlocks(Shaped(NumpyFiles.ReadInParts(path, new(options.RawValues, options.Masked), options.MaxBytes), options), options),
                options).Split,
            ".npy" or ".npz" when File.Exists(path) =>
                Splits.Divide(InBlocks(Shaped(NumpyFiles.Read(path, new(options.RawValues, options.Masked)), options), options), options),
            ".csv" or ".tsv" when File.Exists(path) && options.Schema is { IsTable: true } =>
                DivideTable(path, options),
            ".csv" or ".tsv" when File.Exists(path) =>
                Splits.Divide(Shaped(Csv.Read(path, new(options.RawValues, options.Masked)), options), options),
            _ => throw new VaeException($"data: must be {string.Join(", ", Names)}, a folder of pictures or of .tar files of pictures, "
                + $"or an existing .npy, .npz, .csv{(options.Tables is { } more ? $", {more.Extension}" : "")} or .tsv file, "
                + $"got {nameOrPath}"),
        };
    }

    private static Dataset InBlocks(Dataset data, DataOptions options) =>
        options.ShuffleBlocks == 0 ? data : data.WithBlocks(ExampleBlocks.OfFiles([data.Count]));

    // Without a schema, what the columns hold is inferred.
    private static DataSplit DivideTable(string path, DataOptions options)
    {
        var table = TableFile.Open(path, options.Tables, options.Schema is { DecimalComma: true });
        var inferred = options.Schema is { IsTable: true } schema ? schema : table.Infer().Schema;
        return Splits.Divide(table.Read(inferred, options.Masked), options, () => table.Texts(inferred));
    }

    // As a large .npy file: rows are not compared with those of the run.
    private static DataSplit DivideGroups(string path, DataOptions options, ITableFormat format)
    {
        var table = TableFile.OpenInGroups(path, format, options.Schema is { DecimalComma: true });
        var data = table.ReadInGroups(options.Schema is { IsTable: true } schema ? schema : table.Infer().Schema, options.Masked,
            options.MaxBytes, options.ShuffleBlocks);
        var split = Splits.ByRule(data, options, () => table.Texts(SplitRules.By(options.Split))).Split;
        if (data.Pixels.Stored is null)
            table.Close();
        return split;
    }

    // Loose values are pictures where their size is asked for.
    private static Dataset Shaped(Dataset data, DataOptions options)
    {
        var image = Shape.Image(Math.Max(1, options.Channels), options.Height, options.Width);
        return data.Shape.IsVector && options is { Height: > 0, Width: > 0 } && image.Size == data.Shape.Size
            ? data.WithShape(image)
            : data;
    }
}
