namespace Vae;

/// <summary>What a prior is, as far as a closed form of a divergence from it asks.</summary>
/// <param name="Normal">μ and ln σ², [B or 1, 2·D], where it is a normal distribution with diagonal covariance and not the standard one;
/// else null.</param>
/// <param name="IsStandard">Whether it is N(0, I).</param>
/// <param name="IsUniform">Whether it is uniform on the posterior's support.</param>
public readonly record struct PriorForm<T>(T? Normal, bool IsStandard = false, bool IsUniform = false) where T : struct, ITensor<T>;
