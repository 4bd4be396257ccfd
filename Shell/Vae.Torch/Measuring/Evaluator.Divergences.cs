using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

// Where the divergence from the prior lies.
public sealed partial class Evaluator
{
    /// <summary>KL to the prior of each latent dimension, the mean over the data; D values, nats; none where the pair of posterior and prior has no closed form. Of a posterior of several levels it is that given a draw of the levels above.</summary>
    public ValueList<double> KlPerLatent() => Means(model.Spec.Latent, (encoded, z, q, p) => Divergences.KlPerLatentAt(model.Spec.Posterior, model.Spec.Prior, encoded, z, q, p));

    /// <summary>ln q − ln p of each level at a draw for each example, z₁ first, the mean over the data: parts of the KL; nats; none of a model without levels.</summary>
    public ValueList<double> KlPerLayer() => model.Spec.Posterior is not Posterior.Hierarchical levels ? []
        : Means(Hierarchies.Latents(levels.Hierarchy).Count, (encoded, z, q, p) => Divergences.PerLayer(model.Spec.Posterior, model.Spec.Prior, encoded, z, q, p));

    private delegate TorchTensor? AtDraw(TorchTensor encoded, TorchTensor z, PartState<TorchTensor> q, PartState<TorchTensor> p);

    // Of [B, width] at a draw for each example; none where there is nothing.
    private ValueList<double> Means(int width, AtDraw of)
    {
        model.RequireDistribution("a divergence from the prior");
        var sums = new double[width];
        EachBatch((x, condition, place, noise) =>
        {
            var (encoded, memory) = (new TorchTensor(model.Encode(x, condition)), new StepMemory());
            var q = model.PosteriorState(new(condition, Memory: memory));
            var eps = empty([x.shape[0], model.Spec.Posterior.Formulas().Noise(model.Spec.Latent)], x.dtype, model.Device);
            noise.Normal(eps, Purpose.Evaluate, place);
            if (of(encoded, Posteriors.Sample(model.Spec.Posterior, encoded, eps, q), q, model.PriorState(x.shape[0], new(condition, Memory: memory))) is not { } values)
            {
                sums = [];
                return;
            }
            // A bare 0 would be taken for a type.
            var total = values.Tensor.to(ScalarType.Float64).sum([0L]).ToDoubles();
            for (var i = 0; i < sums.Length; i++)
                sums[i] += total[i];
        });
        return ValueList.From(sums.Select(sum => sum / data.Count));
    }
}
