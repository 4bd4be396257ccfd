using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>The decomposition of the KL over a data set; nats per example.</summary>
/// <param name="Rate">KL(q(z|x) ‖ p(z)) in closed form; Alemi et al. 2018.</param>
/// <param name="Distortion">−ln p(x|z) at draws from q.</param>
/// <param name="MutualInformation">Mutual information of x and z; at most ln N, so an estimate near ln N is limited by N.</param>
/// <param name="TotalCorrelation">KL(q(z) ‖ Π q(z_d)).</param>
/// <param name="DimensionWiseKl">Σ KL(q(z_d) ‖ p(z_d)).</param>
/// <param name="MarginalKl">KL(q(z) ‖ p(z)): total correlation plus dimension-wise KL.</param>
/// <param name="StandardError">Standard error of the three parts' sum as an estimate of the rate.</param>
/// <param name="Examples">N, the number of examples.</param>
internal sealed record InformationMeasures(
    double Rate, double Distortion, double MutualInformation, double TotalCorrelation, double DimensionWiseKl, double MarginalKl,
    double StandardError, int Examples);

/// <summary>Generated samples as rated by an evaluation classifier, compared with as many real examples.</summary>
/// <param name="Examples">Number of samples, and of real examples.</param>
/// <param name="Accuracy">Accuracy of the classifier on the real examples; in [0, 1].</param>
/// <param name="Quality">Confidence, balance, uncertainty and Fréchet distance of the samples.</param>
/// <param name="Overlap">Precision, recall, density and coverage of the samples.</param>
/// <param name="Agreement">
/// Fraction of samples that the classifier assigns to the class they are conditioned on; null unless the condition is a label.
/// </param>
internal sealed record SampleMeasures(int Examples, double Accuracy, SampleQuality Quality, ManifoldOverlap Overlap, double? Agreement);

/// <summary>−ln p(x) by annealed importance sampling; nats per example.</summary>
/// <param name="Nll">−ln p(x|c) of test examples; an upper bound on average.</param>
/// <param name="ImportanceSampledNll">The importance-weighted bound with samples from q, on the same examples.</param>
/// <param name="Examples">Number of examples.</param>
/// <param name="Gap">
/// Gap between the upper and the lower estimate on as many simulated examples: an error bound for <paramref name="Nll"/>; null if
/// examples cannot be simulated.
/// </param>
internal sealed record AnnealedMeasures(double Nll, double ImportanceSampledNll, int Examples, double? Gap);

/// <summary>Measures of a model beyond its ELBO; each is a function of the seed.</summary>
internal static class Measures
{
    // Enough for an evaluation classifier with 98.8 % accuracy on MNIST's test set; small data sets are passed over more often.
    private const int MaxForClassifier = 60_000, ClassifierViews = 120_000, MinEpochs = 4;
    private const int MaxSamples = 5_000;
    // Fits in cache: larger blocks are bound by memory bandwidth.
    private const long MaxTerms = 1 << 19;

    /// <summary>Scores of how well the posterior means separate known factors of variation.</summary>
    /// <param name="input">A model with a latent, and its test examples.</param>
    /// <param name="factors">At least 2 factors with a value for each example.</param>
    /// <exception cref="VaeException">The model has no latent, or there are too few factors or values.</exception>
    public static DisentanglementScores Disentanglement(EvaluationInput input, ValueList<KnownFactor> factors)
    {
        if (input.Model.Spec.Latent == 0)
            throw new VaeException("model.latent: must be at least 1 to be disentangled, got 0");
        if (factors.Count < 2 || factors.Any(factor => factor.Values.Count != input.Data.Count))
            throw new VaeException(
                $"factors: must be at least 2, each with a value for all {input.Data.Count} examples, got {factors.Count}");
        return Disentanglements.Compute(new Evaluator(input).Encode().Means, factors, input.Seed);
    }

    /// <summary>Rate, distortion and the decomposition of the rate, for a diagonal normal posterior and the prior N(0, I).</summary>
    /// <exception cref="VaeException">The model has another posterior or prior, or no latent.</exception>
    public static InformationMeasures Information(EvaluationInput input, CancellationToken stop = default)
    {
        var model = input.Model;
        if (model.Spec.Posterior is not Posterior.DiagonalNormal || model.Spec.Prior is not Prior.StandardNormal || model.Spec.Latent == 0)
            throw new VaeException(
                "model: must have a diagonal normal posterior and the standard normal prior to decompose its KL, got another");
        var evaluator = new Evaluator(input);
        var terms = evaluator.Terms();
        var parts = Decomposition(evaluator.Encode(), model.Device, input.Seed, stop);
        return new(terms.Kl ?? 0, terms.Reconstruction, parts.MutualInformation, parts.TotalCorrelation, parts.DimensionWiseKl,
            parts.MarginalKl, parts.StandardError, input.Data.Count);
    }

    /// <summary>Rates samples from the prior against test examples, whose conditions they have if the model is conditional.</summary>
    /// <exception cref="VaeException">The posterior is a point, or the data have no labels of several classes.</exception>
    public static SampleMeasures Samples(VaeModel model, DataSplit data, ulong seed = 0, CancellationToken stop = default)
    {
        model.RequireDistribution("draws from the prior");
        using var prior = SamplerFits.OfPrior(model);
        return Samples(prior, data, seed, stop);
    }

    /// <summary>Rates samples from a fitted sampler against test examples, whose conditions they share if the model has any.</summary>
    /// <exception cref="VaeException">The data have no labels of several classes.</exception>
    public static SampleMeasures Samples(FittedSampler sampler, DataSplit data, ulong seed = 0, CancellationToken stop = default)
    {
        var count = Math.Min(MaxSamples, data.Test.Count);
        var real = data.Test.Take([.. Enumerable.Range(0, count)]);
        var trained = Math.Min(MaxForClassifier, data.Train.Count);
        var options = new ClassifierOptions(Math.Max(MinEpochs, ClassifierViews / trained), Seed: seed);
        using var classifier = ImageClassifier.Train(data.Train.Take([.. Enumerable.Range(0, trained)]), options, sampler.Device, stop);
        ClassifierOutput drawn = classifier.Classify(Draw(sampler, real, seed)), reference = classifier.Classify(real);
        return new(
            count, classifier.Accuracy(real), SampleQualities.Measure(drawn, reference),
            SampleManifolds.Overlap(reference.Features, drawn.Features),
            sampler.Model.Condition is Condition.Label ? Agreement(drawn.Probabilities, real.Labels.Span) : null);
    }

    /// <summary>Annealed importance sampling of the first test examples and, where possible, of as many simulated ones.</summary>
    /// <param name="input">The model and its test examples.</param>
    /// <param name="examples">Number of test examples; ≥ 1.</param>
    /// <param name="options">Settings of the sampler; null for the defaults.</param>
    /// <param name="stop">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="VaeException">The posterior is a point, or an argument is out of range.</exception>
    public static AnnealedMeasures Annealed(
        EvaluationInput input, int examples = 50, AnnealingOptions? options = null, CancellationToken stop = default)
    {
        if (examples < 1)
            throw new VaeException($"annealing.examples: must be at least 1, got {examples}");
        var (model, count) = (input.Model, Math.Min(examples, input.Data.Count));
        var first = input with { Data = input.Data.Take([.. Enumerable.Range(0, count)]) };
        var simulated = model.Spec.Condition is Condition.None
            && model.Spec.Likelihood is Likelihood.Normal { Scale: Scale.Fixed } or Likelihood.Bernoulli { SoftTargets: false };
        return new(
            -AnnealedImportanceSampling.LogLikelihoods(first, options, stop).Average(),
            new Evaluator(first).Nll(1000, stop), count,
            simulated ? AnnealedImportanceSampling.OnSimulated(model, count, options, input.Seed, input.Ranks, stop).Gap : null);
    }

    /// <summary>
    /// The known factors of variation of a data set: those of the sprites, or condition values if all are whole numbers.
    /// Empty if there are fewer than 2.
    /// </summary>
    public static ValueList<KnownFactor> Factors(Dataset test)
    {
        if (test.Name == EmbeddedSprites.Name && test.Count == EmbeddedSprites.TestCount)
            return EmbeddedSprites.TestFactors();
        var values = test.ConditionValues.ToArray();
        var width = test.ConditionWidth;
        ValueList<int> Column(int k) => ValueList.From(Enumerable.Range(0, test.Count).Select(n => (int)values[n * width + k]));
        return width < 2 || !values.All(value => value >= 0 && value < int.MaxValue && value == MathF.Floor(value)) ? []
            : test.Name is EmbeddedSprites.Name or Dsprites.Name && width == Sprites.Factors.Count
            ? ValueList.From(Sprites.Factors.Select((factor, k) => new KnownFactor(factor.Name, Column(k), Ordered: k > 0)))
            : ValueList.From(Enumerable.Range(0, width).Select(k => new KnownFactor($"c[{k}]", Column(k))));
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
        // Each block of draws is compared with all posteriors, as q(z) averages over the whole data set.
        var rows = Math.Max(1, MaxTerms / (count * size));
        for (long start = 0; start < count; start += rows)
        {
            stop.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            TorchTensor block = z.Tensor.narrow(0, start, Math.Min(rows, count - start));
            aggregate.AddRange(AggregatePosterior.LogDensity<TorchTensor>(block, means, spreads).Tensor.ToDoubles());
            var perLatent = AggregatePosterior.LogDensityPerLatent<TorchTensor>(block, means, spreads);
            marginals.AddRange(TorchTensor.SumEvent(perLatent).Tensor.ToDoubles());
        }
        return KlDecompositions.FromLogDensities(
            Normals.LogDensity<TorchTensor>(z, means, spreads).Tensor.ToDoubles(), [.. aggregate], [.. marginals],
            Normals.LogDensityStandard(z).Tensor.ToDoubles());
    }

    private static double Agreement(NdArray probabilities, ReadOnlySpan<int> labels)
    {
        var rows = probabilities.ToArray().Chunk(probabilities.Dims[1]).ToArray();
        var agreed = 0;
        for (var i = 0; i < rows.Length; i++)
            agreed += Array.IndexOf(rows[i], rows[i].Max()) == labels[i] ? 1 : 0;
        return (double)agreed / rows.Length;
    }

    private static float[] Draw(FittedSampler sampler, Dataset like, ulong seed)
    {
        using var inference = inference_mode(true);
        var condition = sampler.Model.Condition;
        using var source = new BatchSource(like, condition, Binarizations.None, BatchSource.EvaluatedAtOnce, seed, sampler.Device);
        var drawn = new List<float>();
        source.Each((x, c, place) =>
            drawn.AddRange(sampler.Sample((int)x.shape[0], KeyedRandom.FromSeed(seed).Fold(place).Bits(0), c).ToFloats()));
        return [.. drawn];
    }
}
