using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>Examples drawn from p(x|z), noise and all.</summary>
internal static class Simulated
{
    /// <summary>z [B, D] → x [B, ...].</summary>
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
        throw new VaeException($"model.likelihood: must be a normal or Bernoulli density to draw examples from, got {Likelihoods.Name(model.Spec.Likelihood)}");
    }
}
