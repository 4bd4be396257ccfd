namespace Vae.Torch;

/// <summary>
/// The core's procedural digits as a data set: nothing is downloaded, and every machine draws the same images, as far as needed.
/// </summary>
internal static class EmbeddedDigits
{
    /// <summary>Name in a data specification.</summary>
    public const string Name = "digits";

    // The same images in all runs, whatever their seeds: results can be compared.
    private const ulong Drawing = 0;

    private static readonly string[] Classes = [.. Enumerable.Range(0, Digits.Classes).Select(i => $"{i}")];

    /// <summary>
    /// 60,000 training images, split and limited by the options, and 10,000 test images. Each set is drawn when its values are first
    /// used; all take about a second.
    /// </summary>
    public static DataSplit Load(DataOptions options)
    {
        var parts = Splits.Indices(Name, Digits.TrainCount, options.Validation, 0, options.Seed);
        var train = options.Limit == 0 ? parts.Train : parts.Train[..Math.Min(options.Limit, parts.Train.Length)];
        return new(Draw(train), Draw(parts.Validation), Draw([.. Enumerable.Range(Digits.TrainCount, Digits.TestCount)]));
    }

    private static Dataset Draw(int[] indices)
    {
        const int size = Digits.Width * Digits.Height;
        var pixels = Pixels.OfDrawing(indices.Length * size, isBinary: false, () =>
        {
            var drawn = new byte[indices.Length * size];
            Parallel.For(0, indices.Length, i => Digits.Draw(Drawing, indices[i], drawn.AsSpan(i * size, size)));
            return drawn;
        });
        var labels = Array.ConvertAll(indices, i => Digits.Label(Drawing, i));
        return Dataset.OfPart(Name, Shape.Image(1, Digits.Height, Digits.Width), pixels, labels, Classes);
    }
}
