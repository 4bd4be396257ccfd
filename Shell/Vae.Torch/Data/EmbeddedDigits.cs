namespace Vae.Torch;

/// <summary>The core's procedural digits as a data set: nothing is downloaded, every machine makes the same, and only the pictures asked for are drawn.</summary>
internal static class EmbeddedDigits
{
    /// <summary>What a spec calls it.</summary>
    public const string Name = "digits";

    // One set for all runs, whatever their seeds: results can be compared.
    private const ulong Drawing = 0;

    private static readonly string[] Classes = [.. Enumerable.Range(0, Digits.Classes).Select(i => $"{i}")];

    /// <summary>60,000 training pictures, divided and limited as the options say, and 10,000 for test; all are drawn in about a second.</summary>
    public static DataSplit Load(DataOptions options)
    {
        var parts = Splits.Indices(Name, Digits.TrainCount, options.Validation, 0, options.Seed);
        var train = options.Limit == 0 ? parts.Train : parts.Train[..Math.Min(options.Limit, parts.Train.Length)];
        return new(Draw(train), Draw(parts.Validation), Draw([.. Enumerable.Range(Digits.TrainCount, Digits.TestCount)]));
    }

    private static Dataset Draw(int[] indices)
    {
        const int size = Digits.Width * Digits.Height;
        var pixels = new byte[indices.Length * size];
        Parallel.For(0, indices.Length, i => Digits.Draw(Drawing, indices[i], pixels.AsSpan(i * size, size)));
        var labels = Array.ConvertAll(indices, i => Digits.Label(Drawing, i));
        return Dataset.OfPart(Name, Shape.Image(1, Digits.Height, Digits.Width), Pixels.OfBytes(pixels), labels, Classes);
    }
}
