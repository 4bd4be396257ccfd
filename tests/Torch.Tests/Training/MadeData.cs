namespace Vae.Torch.Tests;

/// <summary>Small sets of each kind of data, vectors of four values that hang together, with labels.</summary>
internal static class MadeData
{
    public const int Classes = 3;

    private const int Values = 4, Count = 48;

    /// <summary>Means away from the middle, which the first steps find.</summary>
    private static readonly double[] Raw = [.. Enumerable.Range(0, Count).SelectMany(Row)];

    private static readonly Pixels Levels = Pixels.OfBytes(Raw.Select(value => (byte)(255 / (1 + Math.Exp(-2 * value)))).ToArray());

    public static DataSplit Greyscale { get; } = Split(Levels);

    /// <summary>The same data, conditioned on two numbers for each example.</summary>
    public static Dataset Conditioned { get; } = Create(Levels)
        .WithConditions(Enumerable.Range(0, 2 * Count).Select(i => i / (2f * Count)).ToArray(), 2);

    public static IReadOnlyDictionary<string, DataSplit> Kinds { get; } = new Dictionary<string, DataSplit>
    {
        ["levels k/255"] = Greyscale,
        ["fractions in [0, 1]"] = Numbers((value, _) => 1 / (1 + Math.Exp(-value))),
        ["0 and 1"] = Numbers((value, _) => value > 0 ? 1 : 0),
        ["counts"] = Numbers((value, _) => Tally(value)),
        ["real numbers"] = Numbers((value, _) => value),
        ["mixed columns"] = Numbers(Mixed),
        ["real numbers, some missing"] = Numbers((value, i) => i % 7 == 0 ? double.NaN : value, masked: true),
        ["counts, some missing"] = Numbers((value, i) => i % 7 == 0 ? double.NaN : Tally(value), masked: true),
    };

    private static IEnumerable<double> Row(int row)
    {
        var random = KeyedRandom.FromSeed(5).Fold(row);
        double[] weights = [0.9, -0.8, 0.7, 1], centres = [1.2, -1, 0.9, -1.2];
        var z = 3.4 * (random.Uniform(0) - 0.5);
        return Enumerable.Range(0, Values).Select(i => centres[i] + weights[i] * z / 2 + random.Uniform(1 + i) - 0.5);
    }

    private static double Tally(double value) => Math.Floor(Math.Exp(value + 1));

    private static double Mixed(double value, int i) => (i % Values) switch
    {
        0 => value,
        1 => value > -1 ? 1 : 0,
        2 => Math.Clamp(Math.Floor(value + 1), 0, 2),
        _ => Tally(value),
    };

    private static DataSplit Numbers(Func<double, int, double> of, bool masked = false) =>
        Split(Pixels.OfNumbers([.. Raw.Select((value, i) => (float)of(value, i))], i => $"[{i}]", new(RawValues: true, masked)), masked);

    private static DataSplit Split(Pixels pixels, bool masked = false)
    {
        var all = Create(pixels);
        return Splits.Divide(masked ? all.WithMask() : all, 0, 1 / 3.0, 1);
    }

    private static Dataset Create(Pixels pixels) =>
        Dataset.Create("made", Shape.Vector(Values), pixels, Enumerable.Range(0, Count).Select(i => i % Classes).ToArray(),
            [.. Enumerable.Range(0, Classes).Select(i => $"{i}")]);
}
