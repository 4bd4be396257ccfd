namespace Vae.Torch;

/// <summary>
/// MNIST binarized once, with its own split into 50,000, 10,000 and 10,000; Larochelle &amp; Murray 2011. The data of most published
/// values of the NLL on binarized MNIST. There are no labels.
/// </summary>
internal static class StaticMnist
{
    /// <summary>The name in a data spec.</summary>
    public const string Name = "static-mnist";

    private const int Side = 28, Values = Side * Side;

    private const string Archive = "static-mnist.npz";

    private static readonly Uri[] Mirrors = [new("https://www.cs.toronto.edu/~larocheh/public/datasets/binarized_mnist/")];

    // Each line has 784 digits and a space or the end of the line behind each.
    private static readonly (string Part, int Count, string Sha256)[] Parts = [
        ("train", 50_000, "ad693b29f94c14277b095f5238ddefbbdaaae0939789dd2f4f0205278cee3e4d"),
        ("valid", 10_000, "1de3d397c40fe8eeb33dafd4099a1f665ec01e96d9be234aaeeac8a34930e2e2"),
        ("test", 10_000, "e6687bfea3f820c174f33b7865140b2a2dd2930ef786f35d45795fc193b5ab2c")];

    /// <summary>
    /// The set's own parts, whatever the options' fraction for validation: from an archive static-mnist.npz with x_train, x_valid and
    /// x_test, or from the three text files of the set's public address, which are downloaded if neither is found. A limit takes
    /// the first examples of a keyed shuffle.
    /// </summary>
    public static DataSplit Load(DataOptions options, IProgress<DownloadProgress>? progress = null)
    {
        var roots = DataRoots.Find(options.Root);
        var split = Read(Folder(roots, options, progress));
        return split with { Train = Splits.Limited(split.Train, options) };
    }

    private static DataSplit Read(string folder)
    {
        var archive = Path.Combine(folder, Archive);
        Dataset[] parts = File.Exists(archive)
            ? NumpyFiles.ReadParts(archive, [.. Parts.Select(part => $"x_{part.Part}")])
            : [.. Parts.Select(part => ReadText(Path.Combine(folder, FileName(part.Part)), part.Count))];
        foreach (var part in parts)
            if (part.Shape != Shape.Image(1, Side, Side) || !part.Pixels.IsBinary)
                throw new VaeException($"{folder}: must hold images of 0 and 1, 1×{Side}×{Side}, got {part.Shape}"
                    + (part.Pixels.IsBinary ? "" : " of other values"));
        Dataset Named(Dataset part) => Dataset.Create(Name, part.Shape, part.Pixels, default, []);
        return new(Named(parts[0]), Named(parts[1]), Named(parts[2]));
    }

    private static Dataset ReadText(string path, int count) => Disk.Read(path, file =>
    {
        if (file.Length != 2L * count * Values)
            throw new VaeException(
                $"{path}: must have {count} lines of {Values} digits, {2L * count * Values} bytes, got {file.Length} bytes");
        var text = new byte[file.Length];
        file.ReadExactly(text);
        var pixels = new byte[count * Values];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (text[2 * i], text[2 * i + 1]) switch
            {
                ((byte)'0', (byte)' ' or (byte)'\n') => 0,
                ((byte)'1', (byte)' ' or (byte)'\n') => 255,
                _ => throw new VaeException(
                    $"{path}: must have digits 0 and 1 only, got another at line {i / Values + 1}, value {i % Values + 1}"),
            };
        return Dataset.Create(path, Shape.Image(1, Side, Side), Pixels.OfBytes(pixels), default, []);
    });

    private static string Folder(IReadOnlyList<string> roots, DataOptions options, IProgress<DownloadProgress>? progress)
    {
        if (DataRoots.Candidates(roots, Name).FirstOrDefault(IsFolder) is { } found)
            return found;
        var target = Path.Combine(roots[0], Name);
        if (!options.Download)
            throw new VaeException(
                $"data.root: must hold {Name}/{Archive} or the files {string.Join(", ", Parts.Select(part => FileName(part.Part)))}, "
                + $"got none of them in {string.Join(", ", roots)}");
        using var downloader = Downloader.Over(Mirrors, progress);
        foreach (var part in Parts)
            if (!File.Exists(Path.Combine(target, FileName(part.Part))))
                downloader.FetchAsync(new(FileName(part.Part), Digests.Sha256(part.Sha256)), target).GetAwaiter().GetResult();
        return target;
    }

    private static bool IsFolder(string folder) =>
        File.Exists(Path.Combine(folder, Archive)) || Parts.All(part => File.Exists(Path.Combine(folder, FileName(part.Part))));

    private static string FileName(string part) => $"binarized_mnist_{part}.amat";
}
