namespace Vae;

/// <summary>Bounds on what the networks of flows give.</summary>
internal static class LogScales
{
    // A network's guess on strange inputs must not blow up in eᵃ; what more is needed, more steps give.
    private const double Max = 2;

    /// <summary>A logarithm of a scale, smoothly kept within ±2.</summary>
    public static T Bounded<T>(T logScale) where T : struct, ITensor<T> => Max * T.Tanh(logScale / Max);
}
