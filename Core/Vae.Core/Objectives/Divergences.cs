namespace Vae;

/// <summary>KL(q(z|x) ‖ p(z)), in closed form where there is one and by Monte Carlo for any pair.</summary>
public static class Divergences
{
    /// <summary>The closed form for each latent dimension. Parameters [B, P·D] → [B, D]; nats, ≥ 0.</summary>
    public static T KlPerLatent<T>(Posterior posterior, Prior prior, T parameters) where T : struct, ITensor<T> =>
        posterior.Match(diagonalNormal: _ => prior.Match(standardNormal: _ => Normals.KlToStandardPerValue(
            Posteriors.Mean(posterior, parameters), Posteriors.LogVariance(posterior, parameters))));

    /// <summary>The closed form. Parameters [B, P·D] → [B]; nats, ≥ 0.</summary>
    public static T Kl<T>(Posterior posterior, Prior prior, T parameters) where T : struct, ITensor<T> =>
        T.SumEvent(KlPerLatent(posterior, prior, parameters));

    /// <summary>ln q(z|x) − ln p(z) at one draw z from q(z|x): unbiased for the KL. [B, P·D], [B, D] → [B]; nats, any sign.</summary>
    public static T MonteCarloKl<T>(Posterior posterior, Prior prior, T parameters, T z) where T : struct, ITensor<T> =>
        Posteriors.LogDensity(posterior, parameters, z) - Priors.LogDensity(prior, z);
}
