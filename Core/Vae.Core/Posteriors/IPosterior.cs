namespace Vae;

/// <summary>
/// The formulas of a family q(z|x): the number of the encoder's outputs, and a draw as a function of them and of noise.
/// </summary>
public interface IPosterior : IPart<IPosterior>
{
    /// <summary>Number of the encoder's outputs.</summary>
    /// <param name="latent">The length of z; ≥ 1.</param>
    long Outputs(int latent);

    /// <summary>The shape of the encoder's outputs; by default a vector of <see cref="Outputs"/>.</summary>
    /// <param name="latent">The length of z; ≥ 1.</param>
    Shape EncoderOutput(int latent) => Shape.Vector((int)Math.Min(Outputs(latent), int.MaxValue));

    /// <summary>Number of N(0, 1) values that a draw takes; by default one for each latent.</summary>
    /// <param name="latent">The length of z; ≥ 1.</param>
    int Noise(int latent) => latent;

    /// <summary>The set that contains the draws; ℝᴰ by default.</summary>
    Support Support => Supports.Reals;

    /// <summary>
    /// Whether it is a distribution. A point is not: it has no divergence from a prior, and the model has no bound on ln p(x).
    /// </summary>
    bool HasDensity => true;

    /// <summary>
    /// Whether <see cref="Mean"/> and <see cref="LogVariance"/> are E[z|x] and ln Var[z|x], rather than only a location and a spread.
    /// </summary>
    bool HasMoments => true;

    /// <summary>The tensors besides the encoder, by names within the component; none by default.</summary>
    /// <param name="latent">The length of z; ≥ 1.</param>
    ValueList<Parameter> Learned(int latent) => [];

    /// <summary>The networks besides the encoder; none by default. Called only if <see cref="Problems"/> are empty.</summary>
    /// <param name="latent">The length of z; ≥ 1.</param>
    ValueList<PartNetwork> Networks(int latent) => [];

    /// <summary>
    /// Whether draws depend on the prior's tensors and networks, named <c>prior.…</c> in the state. Training q then changes p too.
    /// </summary>
    bool SharesPrior => false;

    /// <summary>Problems of the family's settings; none by default.</summary>
    /// <param name="latent">The length of z; ≥ 1.</param>
    /// <param name="path">The posterior's path, for problems.</param>
    ValueList<Problem> Problems(int latent, string path) => [];

    /// <summary>The location of q(z|x): the code of x. [B, P] → [B, D].</summary>
    /// <typeparam name="T">The tensor type.</typeparam>
    /// <param name="state">The tensors and networks of the component.</param>
    /// <param name="outputs">The encoder's outputs, [B, P].</param>
    T Mean<T>(PartState<T> state, T outputs) where T : struct, ITensor<T>;

    /// <summary>ln of the variance of each latent, or of another measure of spread; −∞ for a point. [B, P] → [B, D].</summary>
    /// <typeparam name="T">The tensor type.</typeparam>
    /// <param name="state">The tensors and networks of the component.</param>
    /// <param name="outputs">The encoder's outputs, [B, P].</param>
    T LogVariance<T>(PartState<T> state, T outputs) where T : struct, ITensor<T>;

    /// <summary>A draw as a function of noise.</summary>
    /// <typeparam name="T">The tensor type.</typeparam>
    /// <param name="state">The tensors and networks of the component.</param>
    /// <param name="outputs">The encoder's outputs, [B, P].</param>
    /// <param name="noise">[B, N] from N(0, 1), N = <see cref="Noise"/>.</param>
    PosteriorDraw<T> Draw<T>(PartState<T> state, T outputs, T noise) where T : struct, ITensor<T>;

    /// <summary>ln q(z|x) at any z, [B]; nats. Null for a family that has the density only at its own draws.</summary>
    /// <typeparam name="T">The tensor type.</typeparam>
    /// <param name="state">The tensors and networks of the component.</param>
    /// <param name="outputs">The encoder's outputs, [B, P].</param>
    /// <param name="z">[B, D].</param>
    T? LogDensity<T>(PartState<T> state, T outputs, T z) where T : struct, ITensor<T> => null;

    /// <summary>
    /// ln q(zᵢ|x) of each latent at any z, [B, D]; nats. The sum is <see cref="LogDensity"/>. Null if the latents are not independent
    /// given x, or the density is not known.
    /// </summary>
    /// <typeparam name="T">The tensor type.</typeparam>
    /// <param name="state">The tensors and networks of the component.</param>
    /// <param name="outputs">The encoder's outputs, [B, P].</param>
    /// <param name="z">[B, D].</param>
    T? LogDensityPerLatent<T>(PartState<T> state, T outputs, T z) where T : struct, ITensor<T> => null;

    /// <summary>KL(q ‖ p) of each latent in closed form, [B, D]; nats. Null if there is none for the prior.</summary>
    /// <typeparam name="T">The tensor type.</typeparam>
    /// <param name="state">The tensors and networks of the component.</param>
    /// <param name="outputs">The encoder's outputs, [B, P].</param>
    /// <param name="prior">The form of the prior.</param>
    T? KlPerLatent<T>(PartState<T> state, T outputs, PriorForm<T> prior) where T : struct, ITensor<T> => null;

    /// <summary>
    /// KL(q ‖ p) of each latent given a draw of the others, [B, D]; nats. The mean over draws is the KL. By default <see
    /// cref="KlPerLatent"/>, which does not depend on z.
    /// </summary>
    /// <typeparam name="T">The tensor type.</typeparam>
    /// <param name="state">The tensors and networks of the component.</param>
    /// <param name="outputs">The encoder's outputs, [B, P].</param>
    /// <param name="z">A draw, [B, D].</param>
    /// <param name="prior">The form of the prior.</param>
    T? KlPerLatentAt<T>(PartState<T> state, T outputs, T z, PriorForm<T> prior) where T : struct, ITensor<T> =>
        KlPerLatent(state, outputs, prior);

    /// <summary>KL(q ‖ p) in closed form, [B]; nats. Null if there is none; by default the sum over latents.</summary>
    /// <typeparam name="T">The tensor type.</typeparam>
    /// <param name="state">The tensors and networks of the component.</param>
    /// <param name="outputs">The encoder's outputs, [B, P].</param>
    /// <param name="prior">The form of the prior.</param>
    T? Kl<T>(PartState<T> state, T outputs, PriorForm<T> prior) where T : struct, ITensor<T> =>
        KlPerLatent(state, outputs, prior) is { } kl ? T.SumEvent(kl) : null;

    /// <summary>
    /// A term that training adds to any objective and that is not part of a bound, such as the commitment to a codebook, [B]; null by
    /// default.
    /// </summary>
    /// <typeparam name="T">The tensor type.</typeparam>
    /// <param name="state">The tensors and networks of the component.</param>
    /// <param name="outputs">The encoder's outputs, [B, P].</param>
    /// <param name="draw">A draw for these outputs.</param>
    T? Penalty<T>(PartState<T> state, T outputs, PosteriorDraw<T> draw) where T : struct, ITensor<T> => null;

    /// <summary>New values of the tensors that are not trained, by name, after a training step on a batch; none by default.</summary>
    /// <typeparam name="T">The tensor type.</typeparam>
    /// <param name="state">The tensors and networks of the component.</param>
    /// <param name="outputs">The encoder's outputs, [B, P].</param>
    /// <param name="noise">The noise of the draw, [B, N].</param>
    IReadOnlyDictionary<string, T> Updated<T>(PartState<T> state, T outputs, T noise) where T : struct, ITensor<T> =>
        new Dictionary<string, T>();
}
