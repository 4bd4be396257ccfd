using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>Measures a model on a data set, in large batches under inference mode. Draws are keyed by the seed, so figures repeat.</summary>
public sealed partial class Evaluator
{
    private const int Batch = BatchSource.EvaluatedAtOnce;
    internal const int MaxSamples = 1_000_000;
    private const int MaxDraws = 10_000;

    // Keys of further draws of a batch must not meet those of another batch.
    private const int DrawShift = 40;

    private readonly EvaluationInput input;
    private readonly VaeModel model;
    private readonly Dataset data;

    /// <summary>Of a model on at least one example.</summary>
    public Evaluator(EvaluationInput input)
    {
        input.RequireShape();
        VaeException.Require(input.Data.Count > 0, "data", "must have at least one example to evaluate on", "none");
        (this.input, model, data) = (input, input.Model, input.Data);
    }

    /// <summary>Of a model on at least one example, of the shape of the model's input; draws are keyed by the seed.</summary>
    public Evaluator(VaeModel model, Dataset data, Binarization binarization, ulong seed = 0)
        : this(new EvaluationInput(model, data, binarization, seed))
    {
    }

    /// <summary>−ELBO, reconstruction and KL, over so many draws from the posterior for each example.</summary>
    public Terms Terms(int draws = 1) => Terms(draws, shuffled: false);

    /// <summary>
    /// How much worse the bound (of an autoencoder the reconstruction) is where examples get the conditions of others: nats per
    /// example, about 0 for a model that does not use its condition. Conditions change places within blocks of 500 examples.
    /// </summary>
    public double ConditionDrop(int draws = 1) => model.Spec.Condition is Condition.None
        ? throw new VaeException("model.condition: must be there to be shuffled, got none")
        : Terms(draws, shuffled: true).Criterion - Terms(draws).Criterion;

    /// <summary>The terms of each example, in their order, over so many draws from the posterior: their mean is <see cref="Terms(int)"/>.</summary>
    public ValueList<Terms> TermsOfEach(int draws = 1)
    {
        List<double> reconstructions = [], divergences = [];
        EachTerms(draws, shuffled: false, (reconstruction, kl) =>
        {
            reconstructions.AddRange(reconstruction);
            divergences.AddRange(kl);
        });
        return ValueList.From(reconstructions.Select((value, i) => Vae.Torch.Terms.Create(model.Spec, value, divergences.Count == 0 ? 0 : divergences[i])));
    }

    private Terms Terms(int draws, bool shuffled)
    {
        double reconstructions = 0, divergences = 0;
        EachTerms(draws, shuffled, (reconstruction, kl) =>
        {
            reconstructions += reconstruction.Sum();
            divergences += kl.Sum();
        });
        return Vae.Torch.Terms.Create(model.Spec, reconstructions / data.Count, divergences / data.Count);
    }

    /// <summary>Reconstruction and KL of the examples of one batch after another; no KL for a point.</summary>
    private void EachTerms(int draws, bool shuffled, Action<double[], double[]> visit)
    {
        if (draws is < 1 or > MaxDraws)
            throw new VaeException($"draws: must be 1 … {MaxDraws}, got {draws}");
        var posterior = model.Spec.Posterior.Formulas();
        EachBatch((x, given, place, noise) =>
        {
            var condition = shuffled ? Shuffled(given!, place, noise) : given;
            var encoded = new TorchTensor(model.Programs.Encode(x, condition, Times(x)));
            double[] reconstruction = new double[x.shape[0]], kl = posterior.HasDensity ? new double[x.shape[0]] : [];
            for (var number = 0L; number < draws; number++)
            {
                using var inner = NewDisposeScope();
                var eps = empty([x.shape[0], posterior.Noise(model.Spec.Latent)], x.dtype, model.Device);
                noise.Normal(eps, Purpose.Evaluate, place + (number << DrawShift));
                var memory = new StepMemory();
                var q = model.PosteriorState(new(condition, Memory: memory));
                var draw = posterior.Draw(q, encoded, eps);
                Add(model.Programs.NegLogLikelihood(draw.Z, condition, x, 1, Times(x), memory), reconstruction, draws);
                if (posterior.HasDensity)
                    Add(Divergences.KlAt(model.Spec.Posterior, model.Spec.Prior, encoded, draw, q, model.PriorState(x.shape[0], new(condition, Memory: memory))), kl, draws);
            }
            visit(reconstruction, kl);
        });
    }

    private static void Add(TorchTensor values, double[] into, int draws)
    {
        var all = values.Tensor.ToDoubles();
        for (var i = 0; i < into.Length; i++)
            into[i] += all[i] / draws;
    }

    // One cycle through all of the block: with two examples or more, none keeps its own.
    private static Tensor Shuffled(Tensor condition, long place, KeyedNoise noise)
    {
        var order = noise.Permutation(condition.shape[0], Purpose.Shuffle, place);
        return empty_like(condition).index_copy_(0, order, condition.index_select(0, order.roll(1)));
    }

    /// <summary>
    /// The terms over so many draws, the importance-weighted bound with k ≥ 1 samples and the active units; of a conditional
    /// model also −ln p(x|c) from k draws from its prior.
    /// </summary>
    public Evaluation Evaluate(int importanceSamples, int draws = 1, CancellationToken stop = default)
    {
        var terms = Terms(draws);
        return new(terms.NegElbo, terms.Reconstruction, terms.Kl,
            terms.NegElbo is null ? null : Nll(importanceSamples, stop),
            terms.NegElbo is null || model.Spec.Condition is Condition.None ? null : PriorNll(importanceSamples, stop),
            draws, importanceSamples, model.Spec.Latent == 0 ? 0 : ActiveUnits.Count(Encode().Means));
    }

    /// <summary>−ln (1/k) Σ p(x, zᵢ)/q(zᵢ|x), the mean over the data in nats; samples are streamed, so any k fits in memory.</summary>
    public double Nll(int samples, CancellationToken stop = default) => NllOfEach(samples, ofPrior: false, stop).Average();

    /// <summary>The same bound on −ln p(x|c) of each example, in their order; nats.</summary>
    public ValueList<double> NllOfEach(int samples, CancellationToken stop = default) => ValueList.From(NllOfEach(samples, ofPrior: false, stop));

    /// <summary>
    /// −ln (1/k) Σ p(x|zᵢ, c) for draws zᵢ from the prior alone, the mean over the data in nats: what a prediction from c is worth
    /// (Sohn et al. 2015, eq. 10). An upper bound on average, tight only for many samples.
    /// </summary>
    public double PriorNll(int samples, CancellationToken stop = default) => NllOfEach(samples, ofPrior: true, stop).Average();

    private List<double> NllOfEach(int samples, bool ofPrior, CancellationToken stop)
    {
        model.RequireDistribution("a bound on ln p(x)");
        if (samples is < 1 or > MaxSamples)
            throw new VaeException($"importance-samples: must be 1 … {MaxSamples}, got {samples}");
        var bounds = new List<double>(data.Count);
        var rows = ImportanceSampling.Examples(samples);
        var sampling = new ImportanceSampling(model, data.Count);
        EachBatch((x, condition, place, noise) =>
        {
            for (long start = 0; start < x.shape[0]; start += rows)
            {
                stop.ThrowIfCancellationRequested();
                using var inner = NewDisposeScope();
                var count = Math.Min(rows, x.shape[0] - start);
                bounds.AddRange(sampling.Bound(x.narrow(0, start, count), condition?.narrow(0, start, count), samples, ofPrior, noise, place * Batch + start).neg().ToDoubles());
            }
        });
        return bounds;
    }

    /// <summary>Posterior means and log-variances of all examples, in their order.</summary>
    public Encodings Encode()
    {
        int size = model.Spec.Latent, filled = 0;
        double[] means = new double[data.Count * size], logVariances = new double[data.Count * size];
        EachBatch((x, condition, _, _) =>
        {
            var encoded = new TorchTensor(model.Programs.Encode(x, condition, Times(x)));
            var q = model.PosteriorState(new(condition));
            var part = Posteriors.Mean(model.Spec.Posterior, encoded, q).Tensor.ToDoubles();
            part.CopyTo(means, filled);
            Posteriors.LogVariance(model.Spec.Posterior, encoded, q).Tensor.ToDoubles().CopyTo(logVariances, filled);
            filled += part.Length;
        });
        return new(NdArray.FromValues(means, data.Count, size), NdArray.FromValues(logVariances, data.Count, size));
    }

    /// <summary>How many batches are as large as this one.</summary>
    private long Times(Tensor x) => x.shape[0] == Batch ? data.Count / Batch : 1;

    private void EachBatch(Action<Tensor, Tensor?, long, KeyedNoise> visit)
    {
        using var inference = inference_mode(true);
        using var noise = input.Noise();
        using var source = input.Batches();
        source.Each((x, condition, place) => visit(x, condition, place, noise));
    }
}
