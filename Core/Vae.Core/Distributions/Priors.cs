namespace Vae;

/// <summary>
/// Priors by name, and what each means: a prior is added here, in <see cref="Divergences"/> and in <see cref="Prior"/>. Where
/// a prior's parameters are asked for, they are [B, P·D] with P of <see cref="ParametersPerLatent"/>; a prior that has none ignores them.
/// </summary>
public static class Priors
{
    /// <summary>N(0, I).</summary>
    public static Prior StandardNormal { get; } = new Prior.StandardNormal();

    /// <summary>N(μ(c), diag σ²(c)) with both from a network.</summary>
    public static Prior Conditional(Network network) => new Prior.Conditional(network);

    /// <summary>How many numbers a prior's network gives for each latent dimension; 0 for a fixed prior.</summary>
    public static int ParametersPerLatent(Prior prior) => prior.Match(standardNormal: _ => 0, conditional: _ => 2);

    /// <summary>ln p(z). Parameters [B, P·D], z [B, D] → [B]; nats.</summary>
    public static T LogDensity<T>(Prior prior, T parameters, T z) where T : struct, ITensor<T> => prior.Match(
        standardNormal: _ => Normals.LogDensityStandard(z),
        conditional: _ => Normals.LogDensity(z, Normals.Mu(parameters), Normals.LogVar(parameters)));

    /// <summary>A draw from p(z) as a function of noise from N(0, 1). Parameters [B, P·D], noise [B, D] → [B, D].</summary>
    public static T Sample<T>(Prior prior, T parameters, T noise) where T : struct, ITensor<T> => prior.Match(
        standardNormal: _ => noise,
        conditional: _ => Reparameterizations.Normal(Normals.Mu(parameters), Normals.LogVar(parameters), noise));
}
