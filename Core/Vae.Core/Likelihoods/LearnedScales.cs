namespace Vae;

/// <summary>The numbers and tensor names of scales that are learned or estimated, for code that writes their formulas out.</summary>
internal static class LearnedScales
{
    /// <summary>The soft bounds of ln of a learned scale: a scale that follows the data to 0 has no bound on the density.</summary>
    public const double MinLog = -6, MaxLog = 20;

    /// <summary>The part of the moving estimate of an optimal scale that a step keeps: a batch counts for a hundredth.</summary>
    public const double Decay = 0.99;

    /// <summary>The tensor of a shared scale, ln of it; [1].</summary>
    public const string Log = "logScale";

    /// <summary>The tensor of an optimal scale's moving estimate: the sum of weighted means, and the sum of the weights; [2].</summary>
    public const string Estimate = "spread";
}
