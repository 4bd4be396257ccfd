namespace Vae;

/// <summary>How one figure varies, as from seed to seed.</summary>
/// <param name="Count">Values; ≥ 1.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="Deviation">The standard deviation of the population that they are drawn from: the sum of squares is divided by N − 1; 0 for one value.</param>
/// <param name="Low">The smallest.</param>
/// <param name="High">The largest.</param>
public sealed partial record Summary(int Count, double Mean, double Deviation, double Low, double High);

/// <summary>Describes how figures vary.</summary>
internal static class Summaries
{
    /// <summary>Of finite values, at least one; in their unit.</summary>
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
