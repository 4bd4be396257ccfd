namespace Vae;

/// <summary>The formulas of a family q(z|x): the number of the encoder's outputs, and a draw as a function of them and of noise.</summary>
public interface IPosterior : IPart<IPosterior>
{
    /// <summary>Number of the encoder's outputs for z of a length.</summary>
    long Outputs(int latent);

    /// <summary>The shape of the encoder's outputs; by default a vector of <see cref="Outputs"/>.</summary>
    Shape EncoderOutput(int latent) => Shape.Vector((int)Math.Min(Outputs(latent), int.MaxValue));

    /// <summary>Number of N(0, 1) values that a draw takes; by default one for each latent.</summary>
    int Noise(int latent) => latent;

    /// <summary>The set that draws lie in; ℝᴰ by default.</summary>
    Support Support => Supports.Reals;

    /// <summary>
    /// Whether it is a distribution. A point is not, so that there is no divergence from a prior and no bound on ln p(x).
    /// </summary>
    bool HasDensity => true;

    /// <summary>
    /// Whether <see cref="Mean"/> and <see cref="LogVariance"/> are E z and ln Var z of it, not only what the family has for them.
    /// </summary>
    bool HasMoments => true;

    /// <summary>Its tensors beside the encoder, by names within the part; none by default.</summary>
    ValueList<Parameter> Learned(int latent) => [];

    /// <summary>Its networks beside the encoder; none by default. Called only for a length of z without problems.</summary>
    ValueList<PartNetwork> Networks(int latent) => [];

    /// <summary>
    /// Whether its draws go through what the prior learns, named <c>prior.…</c> in its state: what trains one then moves the other.
    /// </summary>
    bool SharesPrior => false;

    /// <summary>Problems of its numbers for z of a length.</summary>
    ValueList<Problem> Problems(int latent, string path) => [];

    /// <summary>Its location, the code of x. Outputs [B, P] → [B, D].</summary>
    T Mean<T>(PartState<T> state, T outputs) where T : struct, ITensor<T>;

    /// <summary>ln of the variance of each of z, or of what the family has for it; −∞ for a point. Outputs [B, P] → [B, D].</summary>
    T LogVariance<T>(PartState<T> state, T outputs) where T : struct, ITensor<T>;

    /// <summary>A draw. Outputs [B, P], noise [B, N] from N(0, 1).</summary>
    PosteriorDraw<T> Draw<T>(PartState<T> state, T outputs, T noise) where T : struct, ITensor<T>;

    /// <summary>ln q(z|x) at any z, [B]; null for a family that knows it only at its own draws. Outputs [B, P], z [B, D]; nats.</summary>
    T? LogDensity<T>(PartState<T> state, T outputs, T z) where T : struct, ITensor<T> => null;

    /// <summary>
    /// ln q of each of z by itself at any z, [B, D], whose sum is <see cref="LogDensity"/>; null where they are not independent given x
    /// or not known. Outputs [B, P], z [B, D]; nats.
    /// </summary>
    T? LogDensityPerLatent<T>(PartState<T> state, T outputs, T z) where T : struct, ITensor<T> => null;

    /// <summary>
    /// KL(q ‖ p) for each of z where it has a closed form for a prior of this form, else null. Outputs [B, P] → [B, D]; nats.
    /// </summary>
    T? KlPerLatent<T>(PartState<T> state, T outputs, PriorForm<T> prior) where T : struct, ITensor<T> => null;

    /// <summary>
    /// The same for each of z given a draw of the others, whose mean over draws is the KL: by default <see cref="KlPerLatent"/>, which
    /// needs none. Outputs [B, P], z [B, D] → [B, D]; nats.
    /// </summary>
    T? KlPerLatentAt<T>(PartState<T> state, T outputs, T z, PriorForm<T> prior) where T : struct, ITensor<T> =>
        KlPerLatent(state, outputs, prior);

    /// <summary>
    /// KL(q ‖ p) as a whole where it has a closed form, else null; by default the sum over z. Outputs [B, P] → [B]; nats.
    /// </summary>
    T? Kl<T>(PartState<T> state, T outputs, PriorForm<T> prior) where T : struct, ITensor<T> =>
        KlPerLatent(state, outputs, prior) is { } kl ? T.SumEvent(kl) : null;

    /// <summary>
    /// What training adds to any objective, no part of a bound: the commitment to a codebook; null by default. Outputs [B, P], draw →
    /// [B].
    /// </summary>
    T? Penalty<T>(PartState<T> state, T outputs, PosteriorDraw<T> draw) where T : struct, ITensor<T> => null;

    /// <summary>
    /// New values of its untrained tensors after a training step on a batch, by name; none by default. Outputs [B, P], noise [B, N].
    /// </summary>
    IReadOnlyDictionary<string, T> Updated<T>(PartState<T> state, T outputs, T noise) where T : struct, ITensor<T> =>
        new Dictionary<string, T>();
}
