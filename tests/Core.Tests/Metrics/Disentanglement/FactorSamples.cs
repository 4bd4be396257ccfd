namespace Vae.Tests;

/// <summary>Factors and codes for measures of disentanglement.</summary>
internal static class FactorSamples
{
    public static readonly int[] Sizes = [3, 6, 10, 8];

    /// <summary>Every combination of the factors once: 1,440 examples, the first factor unordered.</summary>
    public static ValueList<KnownFactor> Grid { get; } = ValueList.From(Sizes.Select((size, k) => new KnownFactor(
        $"factor {k}", ValueList.From(Enumerable.Range(0, Sizes.Aggregate((a, b) => a * b))
            .Select(n => n / Sizes[(k + 1)..].Aggregate(1, (a, b) => a * b) % size)), k > 0)));

    public static int Count => Grid[0].Values.Count;

    /// <summary>The same combinations, repeated.</summary>
    public static ValueList<KnownFactor> Repeated(int times) =>
        ValueList.From(Grid.Select(factor =>
            factor.With(values: ValueList.From(Enumerable.Repeat(factor.Values, times).SelectMany(values => values)))));

    /// <summary>One dimension for each factor.</summary>
    public static NdArray Perfect(ValueList<KnownFactor> factors) =>
        Fill(factors[0].Values.Count, factors.Count, (n, d) => factors[d].Values[n]);

    public static NdArray Noise(int count, int size, long key = 0) => Points.Normal(count, size, key);

    /// <summary>Dimension d becomes scales[d] times dimension order[d], moved.</summary>
    public static NdArray Rearranged(NdArray codes, int[] order, double[] scales)
    {
        var values = codes.ToArray();
        return Fill(codes.Dims[0], order.Length, (n, d) => scales[d] * values[n * codes.Dims[1] + order[d]] + 3 * d);
    }

    public static NdArray Fill(int count, int size, Func<int, int, double> value) =>
        NdArray.FromValues([.. from n in Enumerable.Range(0, count) from d in Enumerable.Range(0, size) select value(n, d)], count, size);
}
