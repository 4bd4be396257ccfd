using System.IO.Compression;

namespace Vae.Torch;

/// <summary>
/// EMNIST: handwritten digits and letters in the form of MNIST, in six splits; Cohen, Afshar, Tapson &amp; van Schaik 2017. One archive
/// has all of them; only the files of the split are read. Training and test parts are as published.
/// </summary>
internal static class Emnist
{
    /// <summary>The set's name, which stands for the split "balanced"; another split follows a colon.</summary>
    public const string Name = "emnist";

    private const string Digits = "0123456789", Capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    // Of the other letters, the small ones look like the capitals.
    private const string Merged = Digits + Capitals + "abdefghnqrt";

    private sealed record Split(string Name, string Classes, int FirstLabel = 0);

    private static readonly Split[] Splits =
    [
        new("balanced", Merged), new("byclass", Digits + Capitals + "abcdefghijklmnopqrstuvwxyz"), new("bymerge", Merged),
        new("digits", Digits), new("letters", Capitals, FirstLabel: 1), new("mnist", Digits),
    ];

    private static readonly KnownArchive Archive = new(
        Name,
        new("gzip.zip", Digests.Sha256("fb9bb67e33772a9cc0b895e4ecf36d2cf35be8b709693c3564cea2a019fcda8e")),
        [new("https://biometrics.nist.gov/cs_links/EMNIST/"), new("https://www.itl.nist.gov/iaui/vip/cs_links/EMNIST/")]);

    /// <summary>The names that <see cref="Load"/> accepts.</summary>
    public static IReadOnlyList<string> Names { get; } = [Name, .. Splits.Select(split => $"{Name}:{split.Name}")];

    /// <summary>Loads a split from the archive in a root, which is downloaded if no root has it.</summary>
    /// <exception cref="VaeException">The archive is damaged, or can neither be found nor downloaded.</exception>
    public static DataSplit Load(string name, DataOptions options, IProgress<DownloadProgress>? progress) =>
        Read(name, Archive.Find(options, progress), options);

    /// <summary>Reads a split from the archive gzip.zip.</summary>
    /// <exception cref="VaeException">The archive is damaged, or lacks a file of the split.</exception>
    internal static DataSplit Read(string name, string path, DataOptions options) => Disk.Read(path, file =>
    {
        var split = Array.Find(Splits, split => name == $"{Name}:{split.Name}") ?? Splits[0];
        using var zip = new ZipArchive(file, ZipArchiveMode.Read);
        var (train, test) = (Part("train"), Part("test"));
        return test.Shape == train.Shape ? Torch.Splits.DivideKnown(train, test, options)
            : throw new VaeException($"{path}: must hold test images of the training images' shape {train.Shape}, got {test.Shape}");

        Dataset Part(string part)
        {
            var (dims, pixels) = ReadArray(zip, $"gzip/emnist-{split.Name}-{part}-images-idx3-ubyte.gz", file, 3);
            var (count, labels) = ReadArray(zip, $"gzip/emnist-{split.Name}-{part}-labels-idx1-ubyte.gz", file, 1);
            if (count[0] != dims[0] || dims[1] != dims[2])
                throw new VaeException($"{path}: must hold square {part} images of {split.Name} and a label for each, "
                    + $"got {string.Join('×', dims)} values and {count[0]} labels");
            // The images are published in the order of columns.
            ColumnOrder.Transpose<byte>(pixels, dims[1]);
            return Dataset.Create(name, Shape.Image(1, dims[1], dims[2]), Pixels.OfBytes(pixels),
                Array.ConvertAll(labels, label => label - split.FirstLabel), [.. split.Classes.Select(letter => $"{letter}")]);
        }
    });

    private static (int[] Dims, byte[] Data) ReadArray(ZipArchive zip, string name, FileStream file, int rank)
    {
        var place = $"{file.Name}:{name}";
        var entry = zip.GetEntry(name) ?? throw new VaeException($"{file.Name}: must hold {name}, got no such file");
        ZipEntries.Verify(entry, place);
        using var packed = entry.Open();
        using var content = new GZipStream(packed, CompressionMode.Decompress);
        return Idx.ReadFrom(content, place, rank, Math.Min(entry.Length, file.Length * Disk.DeflateRatio) * Disk.DeflateRatio);
    }
}
