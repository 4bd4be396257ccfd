namespace Vae.Torch;

/// <summary>
/// CIFAR-10: 60,000 colour photographs of ten classes, 32 × 32 pixels; Krizhevsky 2009. 50,000 for training and 10,000 for testing, as
/// published.
/// </summary>
internal static class Cifar
{
    /// <summary>The name in a data spec.</summary>
    public const string Name = "cifar-10";

    // A row is a label and the red, green and blue plane of an image.
    private const int Side = 32, Values = 3 * Side * Side, Row = 1 + Values, MaxRows = 10_000, TrainFiles = 5;

    private static readonly string[] Classes =
        ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    private static readonly string[] Files =
        [.. Enumerable.Range(1, TrainFiles).Select(number => $"data_batch_{number}.bin"), "test_batch.bin"];

    private static readonly KnownArchive Archive = new(
        Name,
        new("cifar-10-binary.tar.gz", Digests.Sha256("c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd")),
        [new("https://www.cs.toronto.edu/~kriz/"), new("https://storage.googleapis.com/s4tf-hosted-binaries/datasets/CIFAR10/")]);

    /// <summary>Loads the data set from a root, or downloads it; the validation set is taken from the training images.</summary>
    /// <exception cref="VaeException">The archive is damaged, or can neither be found nor downloaded.</exception>
    public static DataSplit Load(DataOptions options, IProgress<DownloadProgress>? progress) =>
        Read(Archive.Find(options, progress), options);

    /// <summary>Reads the archive of six files, cifar-10-binary.tar.gz.</summary>
    /// <exception cref="VaeException">The archive is damaged, or lacks a file.</exception>
    internal static DataSplit Read(string path, DataOptions options)
    {
        var files = TarGz.Read(path, Files, MaxRows * Row);
        if (Files.FirstOrDefault(file => !files.ContainsKey(file)) is { } missing)
            throw new VaeException($"{path}: must hold {string.Join(", ", Files)}, got no {missing}");
        var train = Examples(path, files, Files[..TrainFiles]);
        return Splits.DivideKnown(train, Examples(path, files, Files[TrainFiles..]), options);
    }

    private static Dataset Examples(string path, Dictionary<string, byte[]> files, string[] names)
    {
        foreach (var name in names)
            if (files[name].Length is var length && (length == 0 || length % Row != 0))
                throw new VaeException($"{path}:{name}: must hold rows of {Row} bytes, got {length} bytes");
        var count = names.Sum(name => files[name].Length / Row);
        var (pixels, labels) = (new byte[count * Values], new int[count]);
        var at = 0;
        foreach (var name in names)
            for (var start = 0; start < files[name].Length; start += Row, at++)
            {
                labels[at] = files[name][start];
                files[name].AsSpan(start + 1, Values).CopyTo(pixels.AsSpan(at * Values));
            }
        return Dataset.Create(Name, Shape.Image(3, Side, Side), Pixels.OfBytes(pixels), labels, Classes);
    }
}
