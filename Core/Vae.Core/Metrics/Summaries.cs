namespace Vae;

/// <summary>The distribution of a metric, as over seeds.</summary>
/// <param name="Count">Number of values; ≥ 1.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Deviation">Their standard deviation, with the divisor N − 1; 0 for one value.</param>
/// <param name="Low">The smallest value.</param>
/// <param name="High">The largest value.</param>
public sealed partial record Summary(int Count, double Mean, double Deviation, double Low, double High);

/// <summary>Summarizes values of a metric.</summary>
internal static class Summaries
{
    /// <summary>The summary of values, in their unit; at least one, all finite.</summary>
    public static Summary Summarize(params double[] values)
    {
        if (values.Length == 0)
            throw new ArgumentException("values: must hold at least one, got none", nameof(values));
        if (Array.FindIndex(values, value => !double.IsFinite(value)) is >= 0 and var at)
            throw new ArgumentException($"values[{at}]: must be finite, got {values[at]}", nameof(values));
        var mean = values.Average();
        var squares = values.Sum(value => (value - mean) * (value - mean));
        return new(values.Length, mean, Math.Sqrt(squares / Math.Max(values.Length - 1, 1)), values.Min(), values.Max());
    }
}
