namespace Vae;

/// <summary>A draw from q(z|x) and its log-density.</summary>
/// <param name="Z">[B, D].</param>
/// <param name="LogDensity">ln q(z|x) at it, [B]; nats; ∞ for a point.</param>
public readonly record struct PosteriorDraw<T>(T Z, T LogDensity) where T : struct, ITensor<T>;
