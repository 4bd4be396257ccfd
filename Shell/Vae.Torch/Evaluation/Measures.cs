using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>What codes are spent on, over a whole data set; nats per example.</summary>
/// <param name="Rate">KL(q(z|x) ‖ p(z)) in closed form; Alemi et al. 2018.</param>
/// <param name="Distortion">−ln p(x|z) at draws from q.</param>
/// <param name="MutualInformation">Of x and z; at most ln N, near which it says more of N than of the model.</param>
/// <param name="TotalCorrelation">KL(q(z) ‖ Π q(z_d)).</param>
/// <param name="DimensionWiseKl">Σ KL(q(z_d) ‖ p(z_d)).</param>
/// <param name="MarginalKl">KL(q(z) ‖ p(z)): the last two.</param>
/// <param name="StandardError">Of the sum of the three parts, as an estimate of the rate.</param>
/// <param name="Examples">N.</param>
internal sealed record InformationMeasures(
    double Rate, double Distortion, double MutualInformation, double TotalCorrelation, double DimensionWiseKl, double MarginalKl, double StandardError, int Examples);

/// <summary>How draws from a model look to a classifier of its training data, beside as many real examples.</summary>
/// <param name="Examples">Draws, and real examples.</param>
/// <param name="Accuracy">Of the classifier, on the real examples.</param>
/// <param name="Quality">Confidence, balance, uncertainty and Fréchet distance of the draws.</param>
/// <param name="Overlap">Precision, recall, density and coverage of the draws.</param>
/// <param name="Agreement">Of a model that is told a label: the part of draws that the classifier takes for the class that was asked for; else null.</param>
internal sealed record SampleMeasures(int Examples, double Accuracy, SampleQuality Quality, ManifoldOverlap Overlap, double? Agreement);

/// <summary>ln p(x) by annealing; nats per example.</summary>
/// <param name="Nll">−ln p(x|c) of test examples, an upper bound on average.</param>
/// <param name="ImportanceSampledNll">The bound by importance samples from q on the same examples.</param>
/// <param name="Examples">So many.</param>
/// <param name="Gap">Between the estimates from both sides on as many simulated examples: how far off the first figure can be; null where none can be simulated.</param>
internal sealed record AnnealedMeasures(double Nll, double ImportanceSampledNll, int Examples, double? Gap);

/// <summary>Measures of a model beyond its bound; each a function of the seed.</summary>
internal static class Measures
{
    // The classifier is a judge, not the result: enough for one that is right of 98.8 % of MNIST's test set; sets that are small are seen more often.
    private const int MaxForClassifier = 60_000, ClassifierViews = 120_000, MinEpochs = 4;
    private const int MaxSamples = 5_000;
    // What fits in cache: larger blocks wait for memory.
    private const long MaxTerms = 1 << 19;

    /// <summary>Whether posterior means separate the factors that examples are known to depend on.</summary>
    public static DisentanglementScores Disentanglement(EvaluationInput input, ValueList<KnownFactor> factors)
    {
        if (input.Model.Spec.Latent == 0)
            throw new VaeException("model.latent: must be at least 1 to be disentangled, got 0");
        if (factors.Count < 2 || factors.Any(factor => factor.Values.Count != input.Data.Count))
            throw new VaeException($"factors: must be at least 2 with a value for each of {input.Data.Count} examples, got {factors.Count}");
        return Disentanglements.Compute(new Evaluator(input).Encode().Means, factors, input.Seed);
    }

    /// <summary>Rate, distortion and the parts of the rate, of a model with a diagonal normal posterior and N(0, I) as prior.</summary>
    public static InformationMeasures Information(EvaluationInput input, CancellationToken stop = default)
    {
        var model = input.Model;
        if (model.Spec.Posterior is not Posterior.DiagonalNormal || model.Spec.Prior is not Prior.StandardNormal || model.Spec.Latent == 0)
            throw new VaeException("model: must have a latent with a diagonal normal posterior and the standard normal prior to decompose its KL, got another");
        var evaluator = new Evaluator(input);
        var terms = evaluator.Terms();
        var parts = Decomposition(evaluator.Encode(), model.Device, input.Seed, stop);
        return new(terms.Kl ?? 0, terms.Reconstruction, parts.MutualInformation, parts.TotalCorrelation, parts.DimensionWiseKl,
            parts.MarginalKl, parts.StandardError, input.Data.Count);
    }

    /// <summary>Of draws from the prior, given the conditions of test examples where there are any, against those examples.</summary>
    public static SampleMeasures Samples(VaeModel model, DataSplit data, ulong seed = 0, CancellationToken stop = default)
    {
        model.RequireDistribution("draws from the prior");
        using var prior = SamplerFits.OfPrior(model);
        return Samples(prior, data, seed, stop);
    }

    /// <summary>The same of draws from a sampler that was fitted to a model.</summary>
    public static SampleMeasures Samples(FittedSampler sampler, DataSplit data, ulong seed = 0, CancellationToken stop = default)
    {
        var count = Math.Min(MaxSamples, data.Test.Count);
        var real = data.Test.Take([.. Enumerable.Range(0, count)]);
        var seenBy = Math.Min(MaxForClassifier, data.Train.Count);
        using var classifier = ImageClassifier.Train(
            data.Train.Take([.. Enumerable.Range(0, seenBy)]), new(Math.Max(MinEpochs, ClassifierViews / seenBy), Seed: seed), sampler.Device, stop);
        ClassifierOutput drawn = classifier.Classify(Draw(sampler, real, seed)), seen = classifier.Classify(real);
        return new(count, classifier.Accuracy(real), SampleQualities.Measure(drawn, seen), SampleManifolds.Overlap(seen.Features, drawn.Features),
            sampler.Model.Condition is Condition.Label ? Agreement(drawn.Probabilities, real.Labels.Span) : null);
    }

    /// <summary>Of the first examples of a test set, and of as many simulated.</summary>
    public static AnnealedMeasures Annealed(
        EvaluationInput input, int examples = 50, AnnealingOptions? options = null, CancellationToken stop = default)
    {
        if (examples < 1)
            throw new VaeException($"annealing.examples: must be at least 1, got {examples}");
        var (model, count) = (input.Model, Math.Min(examples, input.Data.Count));
        var first = input with { Data = input.Data.Take([.. Enumerable.Range(0, count)]) };
        var simulated = model.Spec.Condition is Condition.None && model.Spec.Likelihood is Likelihood.Normal { Scale: Scale.Fixed } or Likelihood.Bernoulli { SoftTargets: false };
        return new(
            -AnnealedImportanceSampling.LogLikelihoods(first, options, stop).Average(),
            new Evaluator(first).Nll(1000, stop), count,
            simulated ? AnnealedImportanceSampling.OnSimulated(model, count, options, input.Seed, stop).Gap : null);
    }

    /// <summary>The factors that the examples of a set are known to depend on: those of the embedded sprites, or whole numbers given with the data for its condition. None where there are fewer than 2.</summary>
    public static ValueList<KnownFactor> Factors(Dataset test)
    {
        if (test.Name == EmbeddedSprites.Name && test.Count == EmbeddedSprites.TestCount)
            return EmbeddedSprites.TestFactors();
        var values = test.ConditionValues.ToArray();
        var width = test.ConditionWidth;
        return width < 2 || !values.All(value => value >= 0 && value < int.MaxValue && value == MathF.Floor(value)) ? []
            : ValueList.From(Enumerable.Range(0, width).Select(k => new KnownFactor($"c[{k}]", ValueList.From(Enumerable.Range(0, test.Count).Select(n => (int)values[n * width + k])))));
    }

    private static KlDecomposition Decomposition(Encodings encodings, Device device, ulong seed, CancellationToken stop)
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode(true);
        using var noise = new KeyedNoise(seed, device);
        long count = encodings.Means.Dims[0], size = encodings.Means.Dims[1];
        Tensor On(NdArray values) => tensor(values.ToArray(), ScalarType.Float32).view(count, size).to(device);
        Tensor means = On(encodings.Means), spreads = On(encodings.LogVariances), eps = empty_like(means);
        noise.Normal(eps, Purpose.Evaluate, 0);
        TorchTensor z = Reparameterizations.Normal<TorchTensor>(means, spreads, eps);
        List<double> aggregate = [], marginals = [];
        // A block of draws against all posteriors: never a part of those.
        var rows = Math.Max(1, MaxTerms / (count * size));
        for (long start = 0; start < count; start += rows)
        {
            stop.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            TorchTensor block = z.Tensor.narrow(0, start, Math.Min(rows, count - start));
            aggregate.AddRange(AggregatePosterior.LogDensity<TorchTensor>(block, means, spreads).Tensor.ToDoubles());
            marginals.AddRange(TorchTensor.SumEvent(AggregatePosterior.LogDensityPerLatent<TorchTensor>(block, means, spreads)).Tensor.ToDoubles());
        }
        return KlDecompositions.FromLogDensities(Normals.LogDensity<TorchTensor>(z, means, spreads).Tensor.ToDoubles(), [.. aggregate], [.. marginals], Normals.LogDensityStandard(z).Tensor.ToDoubles());
    }

    private static double Agreement(NdArray probabilities, ReadOnlySpan<int> asked)
    {
        var rows = probabilities.ToArray().Chunk(probabilities.Dims[1]).ToArray();
        var agreed = 0;
        for (var i = 0; i < rows.Length; i++)
            agreed += Array.IndexOf(rows[i], rows[i].Max()) == asked[i] ? 1 : 0;
        return (double)agreed / rows.Length;
    }

    private static float[] Draw(FittedSampler sampler, Dataset like, ulong seed)
    {
        using var inference = inference_mode(true);
        var condition = sampler.Model.Condition;
        using var source = new BatchSource(like, condition, Binarizations.None, BatchSource.EvaluatedAtOnce, seed, sampler.Device);
        var drawn = new List<float>();
        source.Each((x, given, place) =>
            drawn.AddRange(sampler.Sample((int)x.shape[0], KeyedRandom.FromSeed(seed).Fold(place).Bits(0), given).ToFloats()));
        return [.. drawn];
    }
}
