namespace Vae;

/// <summary>KL(q(z|x) ‖ p(z)), in closed form where there is one and by Monte Carlo for any pair; ∞ for a point.</summary>
internal static class Divergences
{
    /// <summary>
    /// The closed form for each latent dimension, null if the pair has none. Outputs of the encoder [B, P] → [B, D]; nats, ≥ 0.
    /// </summary>
    public static T? KlPerLatent<T>(Posterior posterior, Prior prior, T outputs, PartState<T>? q = null, PartState<T>? p = null)
        where T : struct, ITensor<T> =>
        posterior.Formulas().KlPerLatent(q ?? PartState<T>.Empty, outputs, prior.Formulas().Form(p ?? PartState<T>.Empty));

    /// <summary>The closed form, null if the pair has none. Outputs of the encoder [B, P] → [B]; nats, ≥ 0.</summary>
    public static T? Kl<T>(Posterior posterior, Prior prior, T outputs, PartState<T>? q = null, PartState<T>? p = null)
        where T : struct, ITensor<T> =>
        posterior.Formulas().Kl(q ?? PartState<T>.Empty, outputs, prior.Formulas().Form(p ?? PartState<T>.Empty));

    /// <summary>
    /// The closed form for each latent dimension given a draw of the others, null if the pair has none; its mean over draws is the
    /// KL. Outputs of the encoder [B, P], z [B, D] → [B, D]; nats, ≥ 0.
    /// </summary>
    public static T? KlPerLatentAt<T>(
        Posterior posterior, Prior prior, T outputs, T z, PartState<T>? q = null, PartState<T>? p = null) where T : struct, ITensor<T> =>
        posterior.Formulas().KlPerLatentAt(q ?? PartState<T>.Empty, outputs, z, prior.Formulas().Form(p ?? PartState<T>.Empty));

    /// <summary>
    /// The estimate of the KL with the least variance at a draw: in closed form, else in closed form given the draw, else
    /// <see cref="MonteCarloKl"/>. Outputs [B, P] → [B]; nats.
    /// </summary>
    public static T KlAt<T>(
        Posterior posterior, Prior prior, T outputs, PosteriorDraw<T> draw, PartState<T>? q = null, PartState<T>? p = null)
        where T : struct, ITensor<T> =>
        Kl(posterior, prior, outputs, q, p)
        ?? (KlPerLatentAt(posterior, prior, outputs, draw.Z, q, p) is { } each ? T.SumEvent(each) : MonteCarloKl(prior, draw, p));

    /// <summary>
    /// ln q − ln p of each stochastic layer at a draw, whose sum is unbiased for the KL; null if there is only one. Outputs [B,
    /// P], z [B, D] → [B, L]; nats, any sign.
    /// </summary>
    public static T? PerLayer<T>(Posterior posterior, Prior prior, T outputs, T z, PartState<T>? q = null, PartState<T>? p = null)
        where T : struct, ITensor<T> =>
        posterior is Posterior.Hierarchical above && prior is Prior.Hierarchical below
            ? above.LogDensityPerLayer(q ?? PartState<T>.Empty, outputs, z) - below.LogDensityPerLayer(p ?? PartState<T>.Empty, z)
            : null;

    /// <summary>ln q(z|x) − ln p(z) at a draw from q(z|x): unbiased for the KL. [B]; nats, any sign.</summary>
    public static T MonteCarloKl<T>(Prior prior, PosteriorDraw<T> draw, PartState<T>? p = null) where T : struct, ITensor<T> =>
        draw.LogDensity - Priors.LogDensity(prior, draw.Z, p);
}
