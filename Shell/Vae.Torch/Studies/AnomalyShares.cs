using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>An anomaly score divided among the values of an example and its code.</summary>
/// <param name="Values">E[−ln p(x_j|z, c)] under the importance-weighted posterior for each value; 0 for a missing one; nats.</param>
/// <param name="Code">The rest of the bound: how far the posterior is from the prior; nats; 0 for an autoencoder.</param>
internal sealed record AnomalyShare(ValueList<double> Values, double Code)
{
    /// <summary>The importance-weighted bound on −ln p(x|c), or an autoencoder's reconstruction: the sum of all shares; nats.</summary>
    public double Score => Values.Sum() + Code;
}

/// <summary>
/// Divides anomaly scores among values. With normalized weights w̄ of k draws, the bound −ln (1/k) Σ wᵢ is Σ w̄ᵢ (−ln wᵢ) minus the
/// entropy of w̄ plus ln k, so the expected −ln p of each value and a rest, which is that of the code, sum to it exactly.
/// </summary>
internal static class AnomalyShares
{
    /// <summary>The shares of all examples, in their order.</summary>
    /// <param name="input">The model and the examples.</param>
    /// <param name="samples">k; ≥ 1.</param>
    /// <param name="stop">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    public static ValueList<AnomalyShare> Measure(EvaluationInput input, int samples = 20, CancellationToken stop = default)
    {
        input.RequireShape();
        VaeException.Require(samples >= 1, "importance-samples", "must be at least 1", samples);
        using var inference = inference_mode(true);
        using var noise = input.Noise();
        using var source = input.Batches(ImportanceDraws.Examples(samples));
        List<AnomalyShare> shares = [];
        source.Each((x, condition, place) =>
        {
            stop.ThrowIfCancellationRequested();
            var draws = ImportanceDraws.Draw(input.Model, new(x, condition, null), samples, noise, place);
            var values = draws.Outputs.Average(draws.PerValue).flatten(1);
            var width = (int)values.shape[1];
            var (each, bounds) = (values.ToDoubles(), draws.Bound.ToDoubles());
            for (var i = 0; i < bounds.Length; i++)
            {
                var own = ValueList.From(each[(i * width)..((i + 1) * width)]);
                shares.Add(new(own, Posteriors.HasDensity(input.Model.Spec.Posterior) ? bounds[i] - own.Sum() : 0));
            }
        });
        return ValueList.From(shares);
    }
}
