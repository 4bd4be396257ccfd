using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

// Estimates of −ln p(x|c) by importance sampling.
public sealed partial class Evaluator
{
    /// <summary>The importance-weighted bound −ln (1/k) Σ p(x, zᵢ)/q(zᵢ|x), averaged over the data; nats. Any k fits in memory.</summary>
    /// <param name="samples">k, the number of samples for each example, 1 … 1,000,000.</param>
    /// <param name="stop">Cancels the evaluation.</param>
    /// <exception cref="VaeException">The posterior is a point, or k is out of range.</exception>
    /// <exception cref="OperationCanceledException">The evaluation was cancelled.</exception>
    public double Nll(int samples, CancellationToken stop = default) => NllOfEach(samples, ofPrior: false, stop).Average();

    /// <summary>The importance-weighted bound of each example, in the order of the data; their mean is <see cref="Nll"/>.</summary>
    /// <param name="samples">k, the number of samples for each example, 1 … 1,000,000.</param>
    /// <param name="stop">Cancels the evaluation.</param>
    /// <exception cref="VaeException">The posterior is a point, or k is out of range.</exception>
    /// <exception cref="OperationCanceledException">The evaluation was cancelled.</exception>
    public ValueList<double> NllOfEach(int samples, CancellationToken stop = default) =>
        ValueList.From(NllOfEach(samples, ofPrior: false, stop));

    /// <summary>
    /// −ln (1/k) Σ p(x|zᵢ, c) for draws zᵢ from the prior, averaged over the data in nats: the quality of predictions from c (Sohn
    /// et al. 2015, eq. 10). An upper bound on −ln p(x|c) in expectation, tight for large k only.
    /// </summary>
    /// <param name="samples">k, the number of samples for each example, 1 … 1,000,000.</param>
    /// <param name="stop">Cancels the evaluation.</param>
    /// <exception cref="VaeException">The posterior is a point, or k is out of range.</exception>
    /// <exception cref="OperationCanceledException">The evaluation was cancelled.</exception>
    public double PriorNll(int samples, CancellationToken stop = default) => NllOfEach(samples, ofPrior: true, stop).Average();

    private List<double> NllOfEach(int samples, bool ofPrior, CancellationToken stop)
    {
        model.RequireDistribution("a bound on ln p(x)");
        if (samples is < 1 or > MaxSamples)
            throw new VaeException($"importance-samples: must be 1 … {MaxSamples}, got {samples}");
        var rows = ImportanceSampling.Examples(samples);
        var sampling = new ImportanceSampling(model, data.Count);
        return [.. OfBatches((x, condition, place, noise) =>
        {
            var bounds = new List<double>();
            for (long start = 0; start < x.shape[0]; start += rows)
            {
                stop.ThrowIfCancellationRequested();
                using var inner = NewDisposeScope();
                var count = Math.Min(rows, x.shape[0] - start);
                var (some, given) = (x.narrow(0, start, count), condition?.narrow(0, start, count));
                bounds.AddRange(sampling.Bound(some, given, samples, ofPrior, noise, place * Batch + start).neg().ToDoubles());
            }
            return [.. bounds];
        }).SelectMany(values => values)];
    }
}
