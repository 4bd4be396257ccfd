namespace Vae;

/// <summary>KL(q(z|x) ‖ p(z)), in closed form where there is one and by Monte Carlo for any pair; ∞ where q is a point.</summary>
public static class Divergences
{
    /// <summary>The closed form for each latent dimension. Parameters of q [B, P·D] and of p → [B, D]; nats, ≥ 0.</summary>
    public static T KlPerLatent<T>(Posterior posterior, Prior prior, T parameters, T priorParameters) where T : struct, ITensor<T> => posterior.Match(
        diagonalNormal: _ => prior.Match(
            standardNormal: _ => Normals.KlToStandardPerValue(Normals.Mu(parameters), Normals.LogVar(parameters)),
            conditional: _ => Normals.KlPerValue(
                Normals.Mu(parameters), Normals.LogVar(parameters), Normals.Mu(priorParameters), Normals.LogVar(priorParameters))),
        point: _ => 0.0 * parameters + double.PositiveInfinity);

    /// <summary>The closed form. Parameters of q [B, P·D] and of p → [B]; nats, ≥ 0.</summary>
    public static T Kl<T>(Posterior posterior, Prior prior, T parameters, T priorParameters) where T : struct, ITensor<T> =>
        T.SumEvent(KlPerLatent(posterior, prior, parameters, priorParameters));

    /// <summary>ln q(z|x) − ln p(z) at one draw z from q(z|x): unbiased for the KL. Parameters of q [B, P·D] and of p, z [B, D] → [B]; nats, any sign.</summary>
    public static T MonteCarloKl<T>(Posterior posterior, Prior prior, T parameters, T priorParameters, T z) where T : struct, ITensor<T> =>
        Posteriors.LogDensity(posterior, parameters, z) - Priors.LogDensity(prior, priorParameters, z);
}
