using TorchSharp;

namespace Vae.Torch;

/// <summary>−ELBO of rows as nodes of a graph, with the draws of <see cref="RowScoring.SharedNoise"/> as constants.</summary>
/// <param name="graph">The graph.</param>
/// <param name="model">The model.</param>
/// <param name="networks">Its networks.</param>
internal sealed class OnnxScores(OnnxGraph graph, VaeModel model, OnnxNetworks networks)
{
    /// <summary>The noise of each draw.</summary>
    public static float[][] Noise(VaeModel model, int draws, ulong seed)
    {
        using var noise = new KeyedNoise(seed, torch.CPU);
        return [.. Enumerable.Range(0, draws).Select(number =>
        {
            using var scope = torch.NewDisposeScope();
            var eps = torch.empty([1, model.Spec.Posterior.Formulas().Noise(model.Spec.Latent)]);
            noise.Normal(eps, Purpose.Evaluate, ModelRows.SharedKey(number));
            return eps.ToFloats();
        })];
    }

    /// <summary>The part of each value [N, values] and of the code [N] for x [N, ...].</summary>
    public (OnnxTensor Shares, OnnxTensor Kl) Of(OnnxTensor x, float[][] noise, int width)
    {
        var (encoded, q, p) = (networks.Encode(x), networks.PosteriorState, networks.PriorState);
        var draws = noise.Select((eps, i) =>
        {
            var row = graph.Weight($"noise.{i}", eps, [1, eps.Length]);
            var draw = model.Spec.Posterior.Formulas().Draw(q, encoded, OnnxTensor.Repeated(x, row, OnnxGraph.Rows(eps.Length)));
            var each = Likelihoods.NegLogDensityPerValue(model.Spec.Likelihood, networks.Decode(draw.Z), x, networks.LikelihoodState);
            return (Shares: OnnxTensor.Reshape(each, OnnxGraph.Rows(width)),
                Kl: Divergences.KlAt(model.Spec.Posterior, model.Spec.Prior, encoded, draw, q, p));
        }).ToList();
        return (draws.Select(draw => draw.Shares).Aggregate((a, b) => a + b) / noise.Length,
            draws.Select(draw => draw.Kl).Aggregate((a, b) => a + b) / noise.Length);
    }
}
