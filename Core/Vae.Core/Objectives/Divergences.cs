namespace Vae;

/// <summary>KL(q(z|x) ‖ p(z)), in closed form where there is one and by Monte Carlo for any pair; ∞ where q is a point.</summary>
public static class Divergences
{
    /// <summary>The closed form for each latent dimension, null where the pair has none. Outputs of the encoder [B, P] → [B, D]; nats, ≥ 0.</summary>
    public static T? KlPerLatent<T>(Posterior posterior, Prior prior, T outputs, PartState<T>? q = null, PartState<T>? p = null) where T : struct, ITensor<T> =>
        Posteriors.Meaning(posterior).KlPerLatent(q ?? PartState<T>.Empty, outputs, Priors.Meaning(prior).Form(p ?? PartState<T>.Empty));

    /// <summary>The closed form, null where the pair has none. Outputs of the encoder [B, P] → [B]; nats, ≥ 0.</summary>
    public static T? Kl<T>(Posterior posterior, Prior prior, T outputs, PartState<T>? q = null, PartState<T>? p = null) where T : struct, ITensor<T> =>
        Posteriors.Meaning(posterior).Kl(q ?? PartState<T>.Empty, outputs, Priors.Meaning(prior).Form(p ?? PartState<T>.Empty));

    /// <summary>ln q(z|x) − ln p(z) at a draw from q(z|x): unbiased for the KL. [B]; nats, any sign.</summary>
    public static T MonteCarloKl<T>(Prior prior, PosteriorDraw<T> draw, PartState<T>? p = null) where T : struct, ITensor<T> =>
        draw.LogDensity - Priors.LogDensity(prior, draw.Z, p);
}
