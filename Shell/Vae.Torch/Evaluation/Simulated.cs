using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>Draws examples from p(x|z), observation noise included.</summary>
internal static class Simulated
{
    /// <summary>A draw from p(x|z). z [B, D] → x [B, ...].</summary>
    /// <exception cref="VaeException">The likelihood is not a fixed-variance normal or a Bernoulli on binary data.</exception>
    public static Tensor Draw(VaeModel model, Tensor z, KeyedNoise noise)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var mean = model.DecodeMean(z);
        var draw = empty_like(mean);
        if (model.Spec.Likelihood is Likelihood.Normal { Scale: Scale.Fixed normal })
        {
            noise.Normal(draw, Purpose.Posterior, 0);
            return mean.add(draw.mul(Scalars.Get(normal.Sigma)), Scalars.One).MoveToOuterDisposeScope();
        }
        if (model.Spec.Likelihood is Likelihood.Bernoulli { SoftTargets: false })
        {
            noise.Uniform(draw, 0, 1, Purpose.Posterior, 0);
            return draw.lt(mean).to(mean.dtype).MoveToOuterDisposeScope();
        }
        throw new VaeException(
            "model.likelihood: must be a normal or Bernoulli distribution to simulate examples, "
            + $"got {Likelihoods.Name(model.Spec.Likelihood)}");
    }
}
