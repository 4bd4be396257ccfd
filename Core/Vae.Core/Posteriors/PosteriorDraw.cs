namespace Vae;

/// <summary>A draw from q(z|x) and its log-density.</summary>
/// <typeparam name="T">The tensor type.</typeparam>
/// <param name="Z">The draw, [B, D].</param>
/// <param name="LogDensity">ln q(z|x) at the draw, [B]; nats; ∞ for a point.</param>
public readonly record struct PosteriorDraw<T>(T Z, T LogDensity) where T : struct, ITensor<T>;
