namespace Vae;

/// <summary>Posteriors by name, and what each means: a posterior is added here and in <see cref="Posterior"/>.</summary>
public static class Posteriors
{
    /// <summary>N(μ, diag σ²).</summary>
    public static Posterior DiagonalNormal { get; } = new Posterior.DiagonalNormal();

    /// <summary>z is what the encoder gives: the code of a plain autoencoder.</summary>
    public static Posterior Point { get; } = new Posterior.Point();

    /// <summary>How many numbers the encoder gives for each latent dimension.</summary>
    public static int ParametersPerLatent(Posterior posterior) => posterior.Match(diagonalNormal: _ => 2, point: _ => 1);

    /// <summary>Whether it has a density: a point has none, so there is no KL to a prior and no bound on ln p(x).</summary>
    public static bool HasDensity(Posterior posterior) => posterior.Match(diagonalNormal: _ => true, point: _ => false);

    /// <summary>The location of q(z|x). Parameters [B, P·D] → [B, D].</summary>
    public static T Mean<T>(Posterior posterior, T parameters) where T : struct, ITensor<T> =>
        posterior.Match(diagonalNormal: _ => Normals.Mu(parameters), point: _ => parameters);

    /// <summary>ln σ² of q(z|x); −∞ for a point. Parameters [B, P·D] → [B, D].</summary>
    public static T LogVariance<T>(Posterior posterior, T parameters) where T : struct, ITensor<T> =>
        posterior.Match(diagonalNormal: _ => Normals.LogVar(parameters), point: _ => 0.0 * parameters + double.NegativeInfinity);

    /// <summary>A draw from q(z|x) as a function of the noise, which a point does not use. Parameters [B, P·D], noise [B, D] from N(0, 1) → [B, D].</summary>
    public static T Sample<T>(Posterior posterior, T parameters, T noise) where T : struct, ITensor<T> => posterior.Match(
        diagonalNormal: _ => Reparameterizations.Normal(Normals.Mu(parameters), Normals.LogVar(parameters), noise),
        point: _ => parameters);

    /// <summary>ln q(z|x) at a draw z; ∞ for a point. Parameters [B, P·D], z [B, D] → [B]; nats.</summary>
    public static T LogDensity<T>(Posterior posterior, T parameters, T z) where T : struct, ITensor<T> => posterior.Match(
        diagonalNormal: _ => Normals.LogDensity(z, Normals.Mu(parameters), Normals.LogVar(parameters)),
        point: _ => T.SumEvent(0.0 * z) + double.PositiveInfinity);
}
