namespace Vae;

/// <summary>
/// The interventional robustness score (IRS): whether a dimension is unaffected by changes of all factors but one; Suter et al. 2019,
/// section 4.
/// </summary>
internal static class InterventionalRobustness
{
    // The largest deviation grows with the number of examples; a percentile does not.
    private const double Percentile = 0.99;

    /// <summary>
    /// The mean over dimensions of 1 − (deviation from the mean of examples with the same value of the best factor) / (deviation
    /// from the mean of all), each the 99th percentile. All dimensions have the same weight, so scale does not matter; a constant
    /// one has the score 0. Codes [N, D] → [0, 1]; about 0 for noise.
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

    // The mean over the values of a factor, weighted by their number of examples.
    private static double Within(double[] column, int[] factor) => column.Zip(factor).GroupBy(pair => pair.Second)
        .Sum(group => group.Count() * Deviation([.. group.Select(pair => pair.First)])) / column.Length;

    private static double Deviation(double[] values)
    {
        var mean = values.Average();
        var sorted = Array.ConvertAll(values, value => Math.Abs(value - mean));
        Array.Sort(sorted);
        return sorted[(int)(Percentile * (values.Length - 1))];
    }
}
