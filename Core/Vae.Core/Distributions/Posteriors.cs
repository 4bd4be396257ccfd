namespace Vae;

/// <summary>Posteriors by name, and what each means: a posterior is added here and in <see cref="Posterior"/>.</summary>
public static class Posteriors
{
    /// <summary>N(μ, diag σ²).</summary>
    public static Posterior DiagonalNormal { get; } = new Posterior.DiagonalNormal();

    /// <summary>How many numbers the encoder gives for each latent dimension.</summary>
    public static int ParametersPerLatent(Posterior posterior) => posterior.Match(diagonalNormal: _ => 2);

    /// <summary>The location of q(z|x). Parameters [B, P·D] → [B, D].</summary>
    public static T Mean<T>(Posterior posterior, T parameters) where T : struct, ITensor<T> =>
        posterior.Match(diagonalNormal: _ => Half(parameters, 0));

    /// <summary>ln σ² of q(z|x). Parameters [B, P·D] → [B, D].</summary>
    public static T LogVariance<T>(Posterior posterior, T parameters) where T : struct, ITensor<T> =>
        posterior.Match(diagonalNormal: _ => Half(parameters, 1));

    /// <summary>A draw from q(z|x) as a function of the noise. Parameters [B, P·D], noise [B, D] from N(0, 1) → [B, D].</summary>
    public static T Sample<T>(Posterior posterior, T parameters, T noise) where T : struct, ITensor<T> =>
        posterior.Match(diagonalNormal: _ => Reparameterizations.Normal(Half(parameters, 0), Half(parameters, 1), noise));

    /// <summary>ln q(z|x). Parameters [B, P·D], z [B, D] → [B]; nats.</summary>
    public static T LogDensity<T>(Posterior posterior, T parameters, T z) where T : struct, ITensor<T> =>
        posterior.Match(diagonalNormal: _ => Normals.LogDensity(z, Half(parameters, 0), Half(parameters, 1)));

    private static T Half<T>(T parameters, int which) where T : struct, ITensor<T>
    {
        var size = parameters.Dims[1] / 2;
        return T.Slice(parameters, 1, which * size, size);
    }
}
