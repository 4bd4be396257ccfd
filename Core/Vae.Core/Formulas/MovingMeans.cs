namespace Vae;

/// <summary>
/// Exponential moving means, kept as [weighted sum of values, sum of weights], so that early estimates are not biased to 0.
/// </summary>
internal static class MovingMeans
{
    /// <summary>The mean. [2] → [1]; 1 before the first step.</summary>
    public static T Estimate<T>(T moving) where T : struct, ITensor<T> =>
        (T.Slice(moving, 0, 0, 1) + 1e-12) / (T.Slice(moving, 0, 1, 1) + 1e-12);
}
