namespace Vae;

/// <summary>
/// A composable specification of a variational autoencoder. The encoder's head outputs the parameters of the posterior, the
/// decoder's head those of the likelihood, so each component can be exchanged independently.
/// </summary>
/// <param name="Input">The shape of one example.</param>
/// <param name="Latent">
/// The length D of z, summed over stochastic layers; ≥ 1, or 0 for a model p(x|c) without a latent, whose encoder has no layers
/// and whose KL is 0: a baseline that is trained and evaluated like any other.
/// </param>
/// <param name="Encoder">x (with c) → parameters of q(z|x, c), or the features that a hierarchical posterior starts from.</param>
/// <param name="Decoder">z (with c), or the features that a hierarchical prior computes from z → parameters of p(x|z, c).</param>
/// <param name="Posterior">The family of q(z|x).</param>
/// <param name="Prior">p(z), or p(z|c).</param>
/// <param name="Likelihood">The family of p(x|z).</param>
/// <param name="Condition">
/// What c is. A network whose input is a vector (the decoder always; the encoder of vectors, or with a flatten first) gets c
/// appended. One whose input is an image gets a channel for each value of c, or the channels of c if it is an image. A layer
/// <see cref="Layer.ConcatenateCondition"/> adds c at any later place, as after the decoder's reshape; the networks of a
/// hierarchy get c only by such layers.
/// </param>
public sealed partial record VaeSpec(
    Shape Input, int Latent, Network Encoder, Network Decoder,
    Posterior Posterior, Prior Prior, Likelihood Likelihood, Condition Condition);
