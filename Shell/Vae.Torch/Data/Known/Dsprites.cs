namespace Vae.Torch;

/// <summary>
/// dSprites: 737,280 binary images of a square, an ellipse or a heart, one for each combination of shape, scale, orientation and position;
/// Matthey, Higgins, Hassabis &amp; Lerchner 2017. Labelled by shape; the indices of the five factors' values are its condition values. The
/// 40 orientations include both ends of the full turn, so that some images are equal.
/// </summary>
internal static class Dsprites
{
    /// <summary>The name in a data spec.</summary>
    public const string Name = "dsprites";

    // The first column is the colour, which is always white.
    private const int Columns = 6;

    // No split is published. The test images are the same in all runs, so that results can be compared; they show what those of the
    // embedded sprites show.
    private const ulong Sample = 0;

    private static readonly KnownArchive Archive = new(
        Name,
        new("dsprites_ndarray_co1sh3sc6or40x32y32_64x64.npz",
            Digests.Sha256("857dc001287e8efa226e0025fac6b29e5745c621b380b0d3363e4e33f4e28fa2")),
        [new("https://raw.githubusercontent.com/google-deepmind/dsprites-dataset/fa310c66517cfc1939d77fe17c725154efc97127/"),
         new("https://github.com/google-deepmind/dsprites-dataset/raw/master/")]);

    /// <summary>
    /// Loads the data set from a root, or downloads it: 10,000 test images, and the others split by the options. The images, 3 GB, are
    /// unpacked to 8 pixels a byte beside the archive (377 MB) and read from there where they are needed.
    /// </summary>
    /// <exception cref="VaeException">
    /// The archive is damaged, or can neither be found nor downloaded; or its folder is not writable.
    /// </exception>
    public static DataSplit Load(DataOptions options, IProgress<DownloadProgress>? progress) =>
        Read(Archive.Find(options, progress), options);

    /// <summary>Reads the archive.</summary>
    /// <exception cref="VaeException">The archive is damaged, or its folder is not writable.</exception>
    internal static DataSplit Read(string path, DataOptions options)
    {
        var factors = Factors(path);
        var packed = Path.Combine(Path.GetDirectoryName(path)!, "imgs-packed.npy");
        var images = PackedImages.Open(path, "imgs", Sprites.Width, packed, options.MaxBytes);
        if (images.Count * Sprites.Factors.Count != factors.Length)
            throw new VaeException(
                $"{path}: must hold factors for each of {images.Count} images, got {factors.Length / Sprites.Factors.Count}");
        var labels = Enumerable.Range(0, images.Count).Select(i => (int)factors[i * Sprites.Factors.Count]).ToArray();
        var all = Dataset.Create(Name, Shape.Image(1, Sprites.Height, Sprites.Width), Pixels.OfStore(images), labels, Sprites.ShapeNames)
            .WithConditions(factors, Sprites.Factors.Count);
        var order = Splits.Permutation(Sample, images.Count);
        var tested = Math.Min(EmbeddedSprites.TestCount, images.Count / 10);
        var parts = Splits.Indices(Name, images.Count - tested, options.Validation, 0, options.Seed);
        Dataset Part(int[] places) => all.Take(Array.ConvertAll(places, place => order[tested + place]));
        return new(Part(parts.Train), Part(parts.Validation), all.Take(order.AsSpan(0, tested)));
    }

    // [images, factors], flat.
    private static float[] Factors(string path)
    {
        var classes = NumpyFiles.ReadArray(path, "latents_classes");
        if (classes.Shape is not [_, Columns])
            throw new VaeException($"{classes.Path}: must have {Columns} columns, got shape ({string.Join(", ", classes.Shape)})");
        var all = classes.Floats();
        var factors = new float[all.Length / Columns * (Columns - 1)];
        for (var i = 0; i < factors.Length; i++)
        {
            var (row, k) = Math.DivRem(i, Columns - 1);
            var (value, size) = (all[row * Columns + k + 1], Sprites.Factors[k].Size);
            factors[i] = value >= 0 && value < size && value == MathF.Floor(value) ? value
                : throw new VaeException($"{classes.Path}[{row}, {k + 1}]: must be a whole number in 0..{size - 1}, got {value}");
        }
        return factors;
    }
}
