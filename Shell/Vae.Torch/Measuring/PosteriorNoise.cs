using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>The noise of draws from q(z|x).</summary>
internal static class PosteriorNoise
{
    /// <summary>That of S draws of each of B examples, one draw for an autoencoder; a function of the noise and its key. [S, B, N].</summary>
    public static Tensor Of(VaeModel model, int count, int samples, KeyedNoise noise, long key)
    {
        var eps = empty([Posteriors.HasDensity(model.Spec.Posterior) ? samples : 1, count,
            model.Spec.Posterior.Formulas().Noise(model.Spec.Latent)], model.Weights.Flat.dtype, model.Device);
        noise.Normal(eps, Purpose.Evaluate, key);
        return eps;
    }
}
