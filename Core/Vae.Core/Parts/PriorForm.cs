namespace Vae;

/// <summary>The properties of a prior that closed forms of divergences from it need.</summary>
/// <param name="Normal">μ and ln σ², [B or 1, 2·D], of a normal distribution with diagonal covariance other than N(0, I); else null.</param>
/// <param name="IsStandard">Whether it is N(0, I).</param>
/// <param name="IsUniform">Whether it is uniform on the posterior's support.</param>
public readonly record struct PriorForm<T>(T? Normal, bool IsStandard = false, bool IsUniform = false) where T : struct, ITensor<T>;
