using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>
/// Evaluates a model on a data set, in large batches under inference mode. Draws are keyed by the seed, so results are
/// reproducible. Several threads may evaluate one model at once.
/// </summary>
public sealed partial class Evaluator
{
    private const int Batch = BatchSource.EvaluatedAtOnce;
    internal const int MaxSamples = 1_000_000;
    private const int MaxDraws = 10_000;

    // Keys of further draws of a batch must differ from those of another batch.
    private const int DrawShift = 40;

    private readonly EvaluationInput input;
    private readonly VaeModel model;
    private readonly Dataset data;

    /// <summary>Creates the evaluator of a model on a data set.</summary>
    /// <param name="input">The model, at least one example of its input's shape, binarization and seed.</param>
    /// <exception cref="VaeException">There is no example, or the examples have another shape than the model's input.</exception>
    public Evaluator(EvaluationInput input)
    {
        input.RequireShape();
        VaeException.Require(input.Data.Count > 0, "data", "must have at least one example to evaluate on", "none");
        (this.input, model, data) = (input, input.Model, input.Data);
    }

    /// <summary>Creates the evaluator of a model on a data set.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">At least one example of the shape of the model's input.</param>
    /// <param name="binarization">Binarization of the examples, as in training.</param>
    /// <param name="seed">Seed of every draw, binarization included.</param>
    /// <exception cref="VaeException">There is no example, or the examples have another shape than the model's input.</exception>
    /// <example>
    /// <code>
    /// var run = RunFolder.Open("runs/digits");
    /// var experiment = run.Experiment();
    /// var data = DataSources.Load(experiment.Data, root: "", experiment.Train.Seed);
    /// using var model = run.LoadModel();
    /// var evaluation = new Evaluator(model, data.Test, experiment.Data.Binarization).Evaluate(importanceSamples: 500);
    /// </code>
    /// </example>
    public Evaluator(VaeModel model, Dataset data, Binarization binarization, ulong seed = 0)
        : this(new EvaluationInput(model, data, binarization, seed))
    {
    }

    /// <summary>Decodes codes to E[x|z, c], cycling through the conditions of the examples.</summary>
    /// <param name="codes">[N, D].</param>
    /// <returns>[N, ...] flat, in the unit of the data.</returns>
    /// <exception cref="VaeException">The codes have another size than the model's.</exception>
    /// <example>
    /// <code>
    /// var evaluator = new Evaluator(model, data.Test, Binarizations.None);
    /// var reconstructions = evaluator.Decode(evaluator.Encode().Means);
    /// </code>
    /// </example>
    public float[] Decode(NdArray codes)
    {
        var isVector = codes.Dims is [_, var size] && size == model.Spec.Latent;
        VaeException.Require(isVector, "codes", $"must be [N, {model.Spec.Latent}]", $"[{string.Join(", ", codes.Dims)}]");
        var like = data.Take([.. Enumerable.Range(0, codes.Dims[0]).Select(i => i % data.Count)]);
        return Decodings.Decode(model, codes, like, input.Binarization);
    }

    /// <summary>−ELBO, reconstruction and KL, averaged over the data; nats.</summary>
    /// <param name="draws">Number of posterior draws for each example, 1 … 10,000.</param>
    /// <exception cref="VaeException">The number of draws is out of range.</exception>
    public Terms Terms(int draws = 1) => Terms(draws, shuffled: false);

    /// <summary>
    /// The increase of −ELBO (for an autoencoder, of the reconstruction term) when conditions are shuffled among examples, within
    /// blocks of 500: nats per example, about 0 for a model that ignores its condition.
    /// </summary>
    /// <param name="draws">Number of posterior draws for each example, 1 … 10,000.</param>
    /// <exception cref="VaeException">The model has no condition, or the number of draws is out of range.</exception>
    public double ConditionDrop(int draws = 1) => model.Spec.Condition is Condition.None
        ? throw new VaeException("model.condition: must exist to be shuffled, got none")
        : Terms(draws, shuffled: true).Criterion - Terms(draws).Criterion;

    /// <summary>The terms of each example, in the order of the data; their mean is <see cref="Terms(int)"/>.</summary>
    /// <param name="draws">Number of posterior draws for each example, 1 … 10,000.</param>
    /// <exception cref="VaeException">The number of draws is out of range.</exception>
    public ValueList<Terms> TermsOfEach(int draws = 1)
    {
        var all = EachTerms(draws, shuffled: false, (reconstruction, kl) => [.. reconstruction, .. kl]);
        var parts = model.Spec.Posterior.Formulas().HasDensity ? 2 : 1;
        var reconstructions = all.SelectMany(values => values.Take(values.Length / parts)).ToList();
        var divergences = all.SelectMany(values => values.Skip(values.Length / parts)).ToList();
        return ValueList.From(reconstructions.Select(
            (value, i) => Vae.Torch.Terms.Create(model.Spec, value, divergences.Count == 0 ? 0 : divergences[i])));
    }

    private Terms Terms(int draws, bool shuffled)
    {
        double reconstructions = 0, divergences = 0;
        foreach (var sums in EachTerms(draws, shuffled, (reconstruction, kl) => [reconstruction.Sum(), kl.Sum()]))
        {
            reconstructions += sums[0];
            divergences += sums[1];
        }
        return Vae.Torch.Terms.Create(model.Spec, reconstructions / data.Count, divergences / data.Count);
    }

    /// <summary>
    /// A function of reconstruction and KL of each batch's examples, in the order of the batches; the KL is empty if the posterior is a
    /// point.
    /// </summary>
    private double[][] EachTerms(int draws, bool shuffled, Func<double[], double[], double[]> of)
    {
        if (draws is < 1 or > MaxDraws)
            throw new VaeException($"draws: must be 1 … {MaxDraws}, got {draws}");
        var posterior = model.Spec.Posterior.Formulas();
        return OfBatches((x, given, place, noise) =>
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
                if (!posterior.HasDensity)
                    continue;
                var p = model.PriorState(x.shape[0], new(condition, Memory: memory));
                Add(Divergences.KlAt(model.Spec.Posterior, model.Spec.Prior, encoded, draw, q, p), kl, draws);
            }
            return of(reconstruction, kl);
        });
    }

    private static void Add(TorchTensor values, double[] into, int draws)
    {
        var all = values.Tensor.ToDoubles();
        for (var i = 0; i < into.Length; i++)
            into[i] += all[i] / draws;
    }

    // One cycle through the whole block: with two examples or more, none keeps its own condition.
    private static Tensor Shuffled(Tensor condition, long place, KeyedNoise noise)
    {
        var order = noise.Permutation(condition.shape[0], Purpose.Shuffle, place);
        return empty_like(condition).index_copy_(0, order, condition.index_select(0, order.roll(1)));
    }

    /// <summary>
    /// Computes the loss terms, the importance-weighted bound on −ln p(x) and the active units; for a conditional model also the
    /// estimate of −ln p(x|c) by draws from the prior.
    /// </summary>
    /// <param name="importanceSamples">k, the number of samples of both estimates for each example, 1 … 1,000,000.</param>
    /// <param name="draws">Number of posterior draws for each example, 1 … 10,000.</param>
    /// <param name="stop">Cancels the evaluation.</param>
    /// <exception cref="VaeException">A number is out of range.</exception>
    /// <exception cref="OperationCanceledException">The evaluation was cancelled.</exception>
    public Evaluation Evaluate(int importanceSamples, int draws = 1, CancellationToken stop = default)
    {
        var terms = Terms(draws);
        return new(terms.NegElbo, terms.Reconstruction, terms.Kl,
            terms.NegElbo is null ? null : Nll(importanceSamples, stop),
            terms.NegElbo is null || model.Spec.Condition is Condition.None ? null : PriorNll(importanceSamples, stop),
            draws, importanceSamples, model.Spec.Latent == 0 ? 0 : ActiveUnits.Count(Encode().Means));
    }

    /// <summary>The number of batches of this size in the data.</summary>
    private long Times(Tensor x) => x.shape[0] == Batch ? data.Count / Batch : 1;

    private void EachBatch(Action<Tensor, Tensor?, long, KeyedNoise> visit) => EachBatch(visit, 0, 1);

    private void EachBatch(Action<Tensor, Tensor?, long, KeyedNoise> visit, int first, int every)
    {
        using var inference = inference_mode(true);
        using var noise = input.Noise();
        using var source = input.Batches();
        source.Each((x, condition, place) => visit(x, condition, place, noise), first, every);
    }

    // The values of each batch, in order; ranks divide the batches.
    private double[][] OfBatches(Func<Tensor, Tensor?, long, KeyedNoise, double[]> values)
    {
        var own = new List<double[]>();
        EachBatch((x, condition, place, noise) => own.Add(values(x, condition, place, noise)), input.Ranks.Rank, input.Ranks.Count);
        return input.Ranks.InOrder(own);
    }
}
