namespace Vae;

/// <summary>The properties of a prior that closed forms of KL(q ‖ p) depend on.</summary>
/// <typeparam name="T">The tensor type.</typeparam>
/// <param name="Normal">
/// μ and ln σ², [B or 1, 2·D], of a normal distribution with diagonal covariance other than N(0, I); else null.
/// </param>
/// <param name="IsStandard">Whether the prior is N(0, I).</param>
/// <param name="IsUniform">Whether the prior is uniform on the posterior's support.</param>
public readonly record struct PriorForm<T>(T? Normal, bool IsStandard = false, bool IsUniform = false) where T : struct, ITensor<T>;
