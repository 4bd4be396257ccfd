using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>What a model is worth on a data set.</summary>
/// <param name="NegElbo">Nats per example.</param>
/// <param name="Reconstruction">Nats per example.</param>
/// <param name="Kl">Nats per example.</param>
/// <param name="Nll">The importance-weighted bound on −ln p(x), nats per example; Burda et al. 2016, eq. 8.</param>
/// <param name="ImportanceSamples">k of that bound.</param>
/// <param name="ActiveUnits">Latent dimensions whose posterior mean varies over the data; Burda et al. 2016, section 5.2.</param>
public sealed record Evaluation(double NegElbo, double Reconstruction, double Kl, double Nll, int ImportanceSamples, int ActiveUnits);

/// <summary>Posterior means and log-variances of many examples.</summary>
/// <param name="Means">[N, D].</param>
/// <param name="LogVariances">[N, D].</param>
public sealed record Encodings(NdArray Means, NdArray LogVariances);

/// <summary>Measures a model on a data set, in large batches under inference mode. Draws are keyed by the seed, so figures repeat.</summary>
public sealed class Evaluator
{
    // Examples × samples decoded at once: enough work for each product, little enough memory to stay in cache.
    private const int Rows = 1000;
    private const int SamplesAtOnce = 50;
    private const int Batch = 500;
    private const int MaxSamples = 1_000_000;

    private readonly VaeModel model;
    private readonly Dataset data;
    private readonly Binarization binarization;
    private readonly ulong seed;

    /// <summary>A model on a data set whose shape is its input's.</summary>
    public Evaluator(VaeModel model, Dataset data, Binarization binarization, ulong seed = 0)
    {
        if (model.Spec.Input != data.Shape)
            throw new VaeException($"data: must have the shape {model.Spec.Input} of the model's input, got {data.Shape}");
        if (data.Count == 0)
            throw new VaeException("data: must have at least one example to evaluate on, got none");
        (this.model, this.data, this.binarization, this.seed) = (model, data, binarization, seed);
    }

    /// <summary>−ELBO, reconstruction and KL at one draw from the posterior for each example.</summary>
    public Terms Terms()
    {
        double reconstruction = 0, kl = 0;
        EachBatch((x, condition, place, noise) =>
        {
            var encoded = new TorchTensor(model.Programs.Encode(x, condition, Times(x)));
            var eps = empty([x.shape[0], model.Spec.Latent], x.dtype, model.Device);
            noise.Normal(eps, Purpose.Evaluate, place);
            reconstruction += Total(model.Programs.NegLogLikelihood(Posteriors.Sample<TorchTensor>(model.Spec.Posterior, encoded, eps), condition, x, 1, Times(x)));
            kl += Total(Divergences.Kl(model.Spec.Posterior, model.Spec.Prior, encoded));
        });
        return new((reconstruction + kl) / data.Count, reconstruction / data.Count, kl / data.Count);
    }

    /// <summary>The terms, the importance-weighted bound with k ≥ 1 samples, and the active units.</summary>
    public Evaluation Evaluate(int importanceSamples, CancellationToken stop = default)
    {
        var terms = Terms();
        return new(terms.NegElbo, terms.Reconstruction, terms.Kl, Nll(importanceSamples, stop), importanceSamples, ActiveUnits.Count(Encode().Means));
    }

    /// <summary>−ln (1/k) Σ p(x, zᵢ)/q(zᵢ|x), the mean over the data in nats; samples are streamed, so any k fits in memory.</summary>
    public double Nll(int samples, CancellationToken stop = default)
    {
        if (samples is < 1 or > MaxSamples)
            throw new VaeException($"importance-samples: must be 1 … {MaxSamples}, got {samples}");
        double total = 0;
        var rows = Math.Max(1, Rows / Math.Min(samples, SamplesAtOnce));
        EachBatch((x, condition, place, noise) =>
        {
            for (long start = 0; start < x.shape[0]; start += rows)
            {
                stop.ThrowIfCancellationRequested();
                using var inner = NewDisposeScope();
                var count = Math.Min(rows, x.shape[0] - start);
                total -= Total(Bound(x.narrow(0, start, count), condition?.narrow(0, start, count), samples, noise, place * Batch + start));
            }
        });
        return total / data.Count;
    }

    /// <summary>ln (1/k) Σ p(x, zᵢ)/q(zᵢ|x). [B].</summary>
    private Tensor Bound(Tensor x, Tensor? condition, int samples, KeyedNoise noise, long example)
    {
        var encoded = model.Encode(x, condition);
        var bound = full([x.shape[0]], Scalars.Of(double.NegativeInfinity), ScalarType.Float64, model.Device);
        for (var done = 0; done < samples;)
        {
            using var scope = NewDisposeScope();
            var count = (int)Math.Min(samples - done, Math.Max(1, Rows / x.shape[0]));
            var weights = LogWeights(x, condition, encoded, count, data.Count * (long)samples / (count * x.shape[0]), noise, example * MaxSamples + done);
            bound.copy_(bound.logaddexp(weights.to(ScalarType.Float64).logsumexp(0)));
            done += count;
        }
        return bound.sub(Scalars.Of(Math.Log(samples)));
    }

    /// <summary>Posterior means and log-variances of all examples, in their order.</summary>
    public Encodings Encode()
    {
        int size = model.Spec.Latent, filled = 0;
        double[] means = new double[data.Count * size], logVariances = new double[data.Count * size];
        EachBatch((x, condition, _, _) =>
        {
            var encoded = new TorchTensor(model.Programs.Encode(x, condition, Times(x)));
            var part = Posteriors.Mean(model.Spec.Posterior, encoded).Tensor.ToDoubles();
            part.CopyTo(means, filled);
            Posteriors.LogVariance(model.Spec.Posterior, encoded).Tensor.ToDoubles().CopyTo(logVariances, filled);
            filled += part.Length;
        });
        return new(NdArray.Of(means, data.Count, size), NdArray.Of(logVariances, data.Count, size));
    }

    /// <summary>ln p(x, z) − ln q(z|x) for draws z. [count, B].</summary>
    private Tensor LogWeights(Tensor x, Tensor? condition, Tensor encoded, int count, long times, KeyedNoise noise, long key)
    {
        var spec = model.Spec;
        var eps = empty([count * x.shape[0], spec.Latent], x.dtype, model.Device);
        noise.Normal(eps, Purpose.Evaluate, key);
        TorchTensor many = Losses.Repeat(encoded, count);
        var z = Posteriors.Sample<TorchTensor>(spec.Posterior, many, eps);
        TorchTensor likelihood = model.Programs.NegLogLikelihood(z, condition, x, count, times);
        return (-likelihood - Divergences.MonteCarloKl(spec.Posterior, spec.Prior, many, z)).Tensor.view(count, -1);
    }

    /// <summary>How many batches are as large as this one.</summary>
    private long Times(Tensor x) => x.shape[0] == Batch ? data.Count / Batch : 1;

    private void EachBatch(Action<Tensor, Tensor?, long, KeyedNoise> visit)
    {
        using var inference = inference_mode(true);
        using var noise = new KeyedNoise(seed, model.Device);
        using var source = new BatchSource(data, model.Spec.Condition, binarization, Batch, seed, model.Device);
        for (var place = 0L; place < source.Batches; place++)
        {
            using var scope = NewDisposeScope();
            // Blocks are of one size, so every figure meets the same binarized examples.
            var (x, condition) = source.At(place, Purpose.EvaluateBinarize, place);
            visit(x, condition, place, noise);
        }
    }

    private static double Total(TorchTensor values)
    {
        using var scope = NewDisposeScope();
        return values.Tensor.to(ScalarType.Float64).sum().ToDoubles()[0];
    }
}
