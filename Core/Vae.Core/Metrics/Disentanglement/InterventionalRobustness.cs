namespace Vae;

/// <summary>IRS, interventional robustness: whether a dimension stays where it is when all factors but one change. Suter et al. 2019, section 4.</summary>
internal static class InterventionalRobustness
{
    // The greatest deviation of a sample grows with its size: 99 of 100 do not.
    private const double Part = 0.99;

    /// <summary>
    /// The mean over dimensions of 1 − (deviation from the mean of examples that agree in the best factor) / (deviation from
    /// the mean of all), each the 99th percentile. Dimensions count alike, so that scale does not matter; one that never
    /// changes counts 0. Codes [N, D] → [0, 1]; about 0 for noise.
    /// </summary>
    public static double Compute(NdArray codes, ValueList<KnownFactor> factors)
    {
        var given = FactoredCodes.Create(codes, factors);
        return given.Columns.Average(column =>
        {
            var greatest = Deviation(column);
            return greatest == 0 ? 0 : Math.Max(0, 1 - given.Factors.Min(factor => Within(column, factor)) / greatest);
        });
    }

    // Over the values of a factor, each as often as it is there.
    private static double Within(double[] column, int[] factor) => column.Zip(factor).GroupBy(pair => pair.Second)
        .Sum(group => group.Count() * Deviation([.. group.Select(pair => pair.First)])) / column.Length;

    private static double Deviation(double[] values)
    {
        var mean = values.Average();
        var sorted = Array.ConvertAll(values, value => Math.Abs(value - mean));
        Array.Sort(sorted);
        return sorted[(int)(Part * (values.Length - 1))];
    }
}
