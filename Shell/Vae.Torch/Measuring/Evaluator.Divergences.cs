using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

// The KL to the prior by latent dimension and by stochastic layer.
public sealed partial class Evaluator
{
    /// <summary>
    /// The KL to the prior of each latent dimension, averaged over the data; in a hierarchy, given a draw of the stochastic layers
    /// above.
    /// </summary>
    /// <returns>D values in nats; empty if posterior and prior have no closed form.</returns>
    /// <exception cref="VaeException">The posterior is a point.</exception>
    public ValueList<double> KlPerLatent() => Means(model.Spec.Latent, (encoded, z, q, p) =>
        Divergences.KlPerLatentAt(model.Spec.Posterior, model.Spec.Prior, encoded, z, q, p));

    /// <summary>The share of each stochastic layer in the KL: ln q − ln p at one draw for each example, averaged over the data.</summary>
    /// <returns>A value in nats for each stochastic layer, z₁ first; empty if the model is not hierarchical.</returns>
    public ValueList<double> KlPerLayer() => model.Spec.Posterior is not Posterior.Hierarchical layered ? []
        : Means(Hierarchies.Latents(layered.Hierarchy).Count, (encoded, z, q, p) =>
            Divergences.PerLayer(model.Spec.Posterior, model.Spec.Prior, encoded, z, q, p));

    private delegate TorchTensor? AtDraw(TorchTensor encoded, TorchTensor z, PartState<TorchTensor> q, PartState<TorchTensor> p);

    // Means over the data of values [B, width] at one draw for each example; empty if there are no values.
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
            var p = model.PriorState(x.shape[0], new(condition, Memory: memory));
            if (of(encoded, Posteriors.Sample(model.Spec.Posterior, encoded, eps, q), q, p) is not { } values)
            {
                sums = [];
                return;
            }
            // A literal 0 would convert to ScalarType.
            var total = values.Tensor.to(ScalarType.Float64).sum([0L]).ToDoubles();
            for (var i = 0; i < sums.Length; i++)
                sums[i] += total[i];
        });
        return ValueList.From(sums.Select(sum => sum / data.Count));
    }
}
