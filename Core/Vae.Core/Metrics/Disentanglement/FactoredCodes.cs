namespace Vae;

/// <summary>Codes and the known factors of the same examples, checked for consistency.</summary>
internal sealed class FactoredCodes
{
    private FactoredCodes(double[][] columns, int[][] factors, ValueList<KnownFactor> known) =>
        (Columns, Factors, Known) = (columns, factors, known);

    /// <summary>D columns of N values.</summary>
    public double[][] Columns { get; }

    /// <summary>F columns of N indices: the values of a factor, numbered from 0 without gaps in their order.</summary>
    public int[][] Factors { get; }

    public ValueList<KnownFactor> Known { get; }

    public int Count => Columns[0].Length;

    /// <summary>Whether predictors are fitted to an example, else tested on it: a keyed coin flip, independent of the others.</summary>
    public static bool IsFitted(int example) => KeyedRandom.FromSeed(0).Bits(example) % 2 == 0;

    /// <summary>The number of distinct values of a factor.</summary>
    public int ValueCount(int factor) => Factors[factor].Max() + 1;

    /// <summary>Codes [N, D] and at least <paramref name="minCount"/> factors of N values.</summary>
    public static FactoredCodes Create(NdArray codes, ValueList<KnownFactor> factors, int minCount = 1)
    {
        var values = PointClouds.Values(codes, nameof(codes), minCount: 2);
        int count = codes.Dims[0], size = codes.Dims[1];
        if (Array.FindIndex(values, value => !double.IsFinite(value)) is >= 0 and var at)
            throw new ArgumentException($"codes[{at / size}, {at % size}]: must be finite, got {values[at]}", nameof(codes));
        if (factors.Count < minCount)
            throw new ArgumentException($"factors: must be at least {minCount}, got {factors.Count}", nameof(factors));
        var columns = Enumerable.Range(0, size)
            .Select(d => Enumerable.Range(0, count).Select(n => values[n * size + d]).ToArray()).ToArray();
        return new(columns, [.. factors.Select((factor, k) => Indices(factor, k, count))], factors);
    }

    private static int[] Indices(KnownFactor factor, int k, int count)
    {
        if (factor.Values.Count != count)
            throw new ArgumentException(
                $"factors[{k}].values: must be one for each of {count} codes, got {factor.Values.Count}", nameof(factor));
        var distinct = factor.Values.Distinct().Order().ToArray();
        if (distinct.Length < 2)
            throw new ArgumentException(
                $"factors[{k}].values: must take at least 2 values, got {distinct.Length}", nameof(factor));
        return [.. factor.Values.Select(value => Array.BinarySearch(distinct, value))];
    }

    /// <summary>The mean over factors of the largest of D scores minus the second largest; the largest itself for D = 1.</summary>
    public static double MeanGap(double[][] scoresOfFactors) => scoresOfFactors.Average(scores =>
    {
        var ordered = scores.OrderDescending().ToArray();
        return ordered[0] - (ordered.Length > 1 ? ordered[1] : 0);
    });
}
