namespace Vae;

/// <summary>Bounds on log-scales from the networks of flows.</summary>
internal static class LogScales
{
    // eᵃ must not overflow for inputs far from the data. A larger scale takes several steps.
    private const double Max = 2;

    /// <summary>A log-scale, smoothly bounded to ±2.</summary>
    public static T Bounded<T>(T logScale) where T : struct, ITensor<T> => Max * T.Tanh(logScale / Max);
}
