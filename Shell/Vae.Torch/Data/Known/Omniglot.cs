namespace Vae.Torch;

/// <summary>
/// Omniglot: handwritten characters of 50 alphabets, 28 × 28 pixels; Lake, Salakhutdinov &amp; Tenenbaum 2015, in the size and split of
/// Burda, Grosse &amp; Salakhutdinov 2016: 24,345 for training and 8,070 for testing. Labelled by alphabet.
/// </summary>
internal static class Omniglot
{
    /// <summary>The name in a data spec.</summary>
    public const string Name = "omniglot";

    private const int Side = 28, Values = Side * Side, Alphabets = 50, MaxTrain = 24_345, MaxTest = 8_070;

    // The file numbers the alphabets and does not name them.
    private static readonly string[] Classes = [.. Enumerable.Range(1, Alphabets).Select(number => $"alphabet {number}")];

    // A SHA-256 is not published. The blob's id is part of the commit that the address names.
    private static readonly KnownArchive Archive = new(
        Name,
        new("chardata.mat", Digests.GitBlob("016a3536ffe5e1d38e42563a18d7a78bfaf643ec")),
        [new("https://raw.githubusercontent.com/yburda/iwae/78a6075484bd7dd6f47a4bb9880d2295bc7a5220/datasets/OMNIGLOT/")]);

    /// <summary>Loads the data set from a root, or downloads it; the validation set is taken from the training images.</summary>
    /// <exception cref="VaeException">The file is damaged, or can neither be found nor downloaded.</exception>
    public static DataSplit Load(DataOptions options, IProgress<DownloadProgress>? progress) =>
        Read(Archive.Find(options, progress), options);

    /// <summary>Reads the MAT file with data, target, testdata and testtarget; an example is a column of each.</summary>
    /// <exception cref="VaeException">The file is damaged, or lacks a variable.</exception>
    internal static DataSplit Read(string path, DataOptions options)
    {
        var parts = MatFile.Read(path, [new("data", Values, MaxTrain), new("target", Alphabets, MaxTrain),
            new("testdata", Values, MaxTest), new("testtarget", Alphabets, MaxTest)]);
        return Splits.DivideKnown(
            Examples($"{path}:data", parts[0], $"{path}:target", parts[1]),
            Examples($"{path}:testdata", parts[2], $"{path}:testtarget", parts[3]), options);
    }

    private static Dataset Examples(string imagesPath, MatMatrix images, string targetPath, MatMatrix target)
    {
        if (target.Columns != images.Columns)
            throw new VaeException($"{targetPath}: must have a column for each of {images.Columns} images, got {target.Columns}");
        var labels = new int[target.Columns];
        for (var i = 0; i < labels.Length; i++)
            labels[i] = Label(target.Values.AsSpan(i * Alphabets, Alphabets), $"{targetPath}, column {i + 1}");
        return Dataset.Create(Name, Shape.Image(1, Side, Side), Upright(images, imagesPath), labels, Classes);
    }

    private static int Label(ReadOnlySpan<float> column, string place) =>
        column.IndexOfAnyExcept(0f, 1f) is >= 0 and var other
            ? throw new VaeException($"{place}: must have a 1 and zeros, got {column[other]}")
            : column.Count(1f) is not 1 and var ones ? throw new VaeException($"{place}: must have one 1, got {ones}")
            : column.IndexOf(1f);

    private static Pixels Upright(MatMatrix images, string path)
    {
        var values = images.Values;
        for (var i = 0; i < values.Length; i++)
            if (!(values[i] is >= 0 and <= 1))
                throw new VaeException($"{path}, column {i / Values + 1}: must have intensities in [0, 1], got {values[i]}");
        // MATLAB stores matrices by columns, and so did whoever made each image a column.
        ColumnOrder.Transpose<float>(values, Side);
        return Exact(values);
    }

    // The intensities are doubles. If all are k/255, bytes give the same float32 numbers in a quarter of the memory; else none is rounded
    // to a byte.
    private static Pixels Exact(float[] values)
    {
        var bytes = new byte[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            bytes[i] = (byte)MathF.Round(255 * values[i]);
            if (bytes[i] / 255f != values[i])
                return Pixels.OfFloats(values);
        }
        return Pixels.OfBytes(bytes);
    }
}
