namespace Vae.Torch;

/// <summary>Loads MNIST and the data sets published in its form: four IDX files, on disk or downloaded.</summary>
internal static class Mnist
{
    private static readonly string[] Files =
        ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"];

    private sealed record Source(string Name, ValueList<string> Classes, ValueList<Uri> Mirrors, ValueList<Digest> Digests);

    private static readonly Source[] Sources =
    [
        new("mnist", ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
            [new("https://storage.googleapis.com/cvdf-datasets/mnist/"), new("https://ossci-datasets.s3.amazonaws.com/mnist/")],
            [Digests.ContentSha256("ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
             Digests.ContentSha256("65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
             Digests.ContentSha256("0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
             Digests.ContentSha256("ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2")]),
        new("fashion-mnist", ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"],
            [new("https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/"),
             new("https://fashion-mnist.s3.eu-central-1.amazonaws.com/"),
             new("https://storage.googleapis.com/tensorflow/tf-keras-datasets/")],
            [Digests.Sha256("3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
             Digests.Sha256("a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
             Digests.Sha256("346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
             Digests.Sha256("67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5")]),
    ];

    /// <summary>The names that <see cref="Load"/> accepts.</summary>
    public static IReadOnlyList<string> Names => [.. Sources.Select(s => s.Name)];

    /// <summary>Whether a folder has the four files, plain or compressed.</summary>
    public static bool IsFolder(string folder) => Files.All(file => Find(folder, file).Length > 0);

    /// <summary>
    /// Loads a known data set from the root, the folder in the environment variable VAE_DATA or the user's cache (or the subfolder
    /// of its name in one of them); else downloads it to the root, VAE_DATA or the cache, whichever is given first.
    /// </summary>
    /// <exception cref="VaeException">The name is unknown, the files are damaged, or they can neither be found nor downloaded.</exception>
    public static DataSplit Load(string name, DataOptions options, IProgress<DownloadProgress>? progress = null)
    {
        var source = Array.Find(Sources, s => s.Name == name)
            ?? throw new VaeException($"data: must be one of {string.Join(", ", Names)}, got {name}");
        return Read(name, Folder(source, options, progress), source.Classes, options);
    }

    /// <summary>Loads a folder with four files named as those of MNIST; ten classes.</summary>
    public static DataSplit LoadFolder(string folder, DataOptions options) => Read(folder, folder, Sources[0].Classes, options);

    private static DataSplit Read(string name, string folder, IReadOnlyList<string> classes, DataOptions options)
    {
        var train = Idx.Read(name, Find(folder, Files[0]), Find(folder, Files[1]), classes);
        var test = Idx.Read(name, Find(folder, Files[2]), Find(folder, Files[3]), classes);
        return test.Shape == train.Shape
            ? Splits.Divide(train, test, options.Validation, options.Seed)
            : throw new VaeException($"{folder}: must hold test images of the training images' shape {train.Shape}, got {test.Shape}");
    }

    private static string Folder(Source source, DataOptions options, IProgress<DownloadProgress>? progress)
    {
        var roots = DataRoots.Find(options.Root);
        if (DataRoots.Candidates(roots, source.Name).FirstOrDefault(IsFolder) is { } found)
            return found;
        var target = Path.Combine(roots[0], source.Name);
        if (!options.Download)
            throw new VaeException($"data.root: must hold the four files of {source.Name} ({Files[0]}.gz, ...), "
                + $"got none of them in {string.Join(", ", roots)}");
        Fetch(source, target, progress);
        return target;
    }

    private static void Fetch(Source source, string target, IProgress<DownloadProgress>? progress)
    {
        using var downloader = Downloader.Over(source.Mirrors, progress);
        for (var i = 0; i < Files.Length; i++)
            if (Find(target, Files[i]).Length == 0)
                downloader.FetchAsync(new(Files[i] + ".gz", source.Digests[i]), target).GetAwaiter().GetResult();
    }

    /// <summary>Path of a file in either spelling, train-images-idx3-ubyte or train-images.idx3-ubyte; empty if absent.</summary>
    private static string Find(string folder, string file) =>
        new[] { file, file.Replace("-idx", ".idx", StringComparison.Ordinal) }
            .SelectMany(name => new[] { name, name + ".gz" })
            .Select(name => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists) ?? "";
}
