namespace Vae;

/// <summary>The constants and tensor names of learned and estimated scales, for code that generates their formulas.</summary>
internal static class LearnedScales
{
    /// <summary>
    /// The soft bounds of ln of a learned scale. Without a lower bound a scale could follow the data to 0, where the density is infinite.
    /// </summary>
    public const double MinLog = -6, MaxLog = 20;

    /// <summary>The weight of the previous value in the moving estimate of an optimal scale.</summary>
    public const double Decay = 0.99;

    /// <summary>The tensor of a shared scale: its ln, [1].</summary>
    public const string Log = "logScale";

    /// <summary>The tensor of an optimal scale's moving estimate: the weighted sum of means and the sum of the weights, [2].</summary>
    public const string Estimate = "spread";
}
