namespace Vae;

/// <summary>The difference of two kinds of models in a metric, over seeds that both were trained with; Student 1908.</summary>
/// <param name="Count">Number of seeds; ≥ 2.</param>
/// <param name="Mean">Mean of second minus first.</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="P">Two-sided p-value of the paired t-test: how often chance alone gives a mean this far from 0; in [0, 1].</param>
public sealed partial record PairedDifference(int Count, double Mean, double StandardError, double P)
{
    /// <summary>The difference of paired values, in their unit; null for fewer than two pairs.</summary>
    internal static PairedDifference? Measure(IReadOnlyList<(double First, double Second)> pairs)
    {
        if (pairs.Count < 2)
            return null;
        var summary = Summaries.Summarize([.. pairs.Select(pair => pair.Second - pair.First)]);
        double error = summary.Deviation / Math.Sqrt(pairs.Count), free = pairs.Count - 1, squared = summary.Mean * summary.Mean;
        // P(|t| ≥ m/s) with ν degrees of freedom is I(ν/(ν + t²); ν/2, ½); without variance only a mean of 0 is by chance.
        var spread = free * error * error;
        return new(pairs.Count, summary.Mean, error,
            squared == 0 ? 1 : IncompleteBetas.Regularized(free / 2, 0.5, spread / (spread + squared), squared / (spread + squared)));
    }
}
