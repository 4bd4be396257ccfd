namespace Vae.Torch;

/// <summary>Compares models by the distribution of their codes and the quality of their samples.</summary>
public static class Comparisons
{
    // Enough for a stable covariance of the classifier's features.
    private const int MaxDraws = 5000;

    private const int ClassifierViews = 120_000;

    /// <summary>Compares models on one data set.</summary>
    /// <param name="candidates">At least one model with a latent; models of a group follow one another.</param>
    /// <param name="data">The test set is encoded. With labels, samples are rated by a classifier trained on the training set.</param>
    /// <param name="options">Sample sizes; null for the defaults.</param>
    /// <param name="stop">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>Metrics of each model and each group, with notes on how to read them.</returns>
    /// <exception cref="VaeException">A model does not fit the data or has no latent, or an option is out of range.</exception>
    public static Comparison Run(
        IReadOnlyList<Candidate> candidates, DataSplit data, ComparisonOptions? options = null, CancellationToken stop = default)
    {
        options ??= new();
        Check(candidates, data, options);
        using var classifier = data.Train.HasLabels && data.Train.Classes.Count > 1
            ? ImageClassifier.Train(data.Train.WithoutMask(), TrainingOptions(data.Train), stop: stop) : null;
        var reference = classifier?.Classify(Reference(data, options.Draws).WithoutMask());
        SampleQuality? Rate(ClassifierOutput? output) => output is null ? null : SampleQualities.Measure(output, reference!);
        var groups = ValueList.From(candidates.Select(candidate => candidate.Group).Distinct());
        var codes = candidates.Select(candidate => Codes(candidate, data.Test, options.Seed)).ToList();
        var models = ValueList.From(candidates.Zip(codes, (candidate, coded) =>
        {
            stop.ThrowIfCancellationRequested();
            return Measure(candidate, coded, data.Test, options, images => Rate(classifier?.Classify(images)));
        }));
        var real = Rate(classifier?.Classify(First(data.Test, options.Draws).WithoutMask()));
        var between = ValueList.From(groups.Select(group => Between([.. codes.Where((_, i) => candidates[i].Group == group)])));
        var accuracy = classifier?.Accuracy(data.Test.WithoutMask());
        return new(
            data.Test.Name, data.Test.Count, groups, ComparedMetrics.Summarize(groups, models, between, real), models, accuracy,
            ComparedMetrics.Notes([.. candidates.Select(candidate => candidate.Model.Spec)], accuracy));
    }

    /// <summary>One code per example: a draw from q(z|x, c), or the code itself for an autoencoder.</summary>
    /// <param name="candidate">A model with a latent.</param>
    /// <param name="data">N examples of the model's shape.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <returns>[N, D].</returns>
    public static NdArray Codes(Candidate candidate, Dataset data, ulong seed = 0)
    {
        var encodings = new Evaluator(candidate.Model, data, candidate.Binarization, seed).Encode();
        var noise = Normals.Draws(encodings.Means.Dims[0], encodings.Means.Dims[1], KeyedRandom.FromSeed(seed));
        return Reparameterizations.Normal(encodings.Means, encodings.LogVariances, noise);
    }

    /// <summary>Draws from the uniform distribution on the codes' axis-aligned bounding box.</summary>
    /// <param name="codes">[N, D], N ≥ 1.</param>
    /// <param name="count">Number of draws; ≥ 0.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <returns>[count, D].</returns>
    public static NdArray Uniform(NdArray codes, int count, ulong seed)
    {
        var size = codes.Dims[1];
        var rows = codes.ToArray().Chunk(size).ToArray();
        double[] low = [.. Enumerable.Range(0, size).Select(k => rows.Min(row => row[k]))],
            high = [.. Enumerable.Range(0, size).Select(k => rows.Max(row => row[k]))];
        var noise = KeyedRandom.FromSeed(seed);
        double Draw(int at) => low[at % size] + (high[at % size] - low[at % size]) * noise.Uniform(at);
        return NdArray.FromValues([.. Enumerable.Range(0, count * size).Select(Draw)], count, size);
    }

    /// <summary>Decodes codes, cycling through the conditions of the examples.</summary>
    /// <param name="candidate">The model.</param>
    /// <param name="codes">[N, D].</param>
    /// <param name="like">Examples whose conditions are used.</param>
    /// <returns>[N, ...] flat.</returns>
    public static float[] Decode(Candidate candidate, NdArray codes, Dataset like) => Decodings.Decode(
        candidate.Model, codes, like.Take([.. Enumerable.Range(0, codes.Dims[0]).Select(i => i % like.Count)]), candidate.Binarization);

    /// <summary>Decodes codes on the straight line between those of two examples, with the condition of the first.</summary>
    /// <param name="candidate">The model.</param>
    /// <param name="codes">Codes of the examples, [N, D].</param>
    /// <param name="data">The N examples.</param>
    /// <param name="from">Index of the example at the start; in [0, N).</param>
    /// <param name="to">Index of the example at the end; in [0, N).</param>
    /// <param name="steps">Number of codes on the line, ends included; ≥ 2.</param>
    /// <returns>[steps, ...] flat.</returns>
    public static float[] Path(Candidate candidate, NdArray codes, Dataset data, int from, int to, int steps)
    {
        double[] Code(int at) => NdArray.Slice(codes, 0, at, 1).ToArray();
        return Decodings.Decode(
            candidate.Model, Interpolations.Linear(Code(from), Code(to), steps), data.Take([.. Enumerable.Repeat(from, steps)]),
            candidate.Binarization);
    }

    internal static Dataset First(Dataset data, int count) => data.Count <= count ? data : data.Take([.. Enumerable.Range(0, count)]);

    // Two epochs are enough for a large data set; a small one gets more.
    private static ClassifierOptions TrainingOptions(Dataset data) => new(Epochs: Math.Clamp(ClassifierViews / data.Count, 2, 20));

    /// <summary>
    /// Real examples that samples are compared with, disjoint from the first <paramref name="draws"/> test examples, which are rated too:
    /// the rest of the test set if it is as large, as the classifier was not trained on it; otherwise training examples.
    /// </summary>
    private static Dataset Reference(DataSplit data, int draws) => data.Test.Count >= 2 * draws
        ? data.Test.Take([.. Enumerable.Range(draws, Math.Min(MaxDraws, data.Test.Count - draws))]) : First(data.Train, MaxDraws);

    private static ModelMetrics Measure(
        Candidate model, NdArray codes, Dataset test, ComparisonOptions options, Func<float[], SampleQuality?> rate)
    {
        var cloud = LatentClouds.Moments(codes);
        int count = codes.Dims[0], size = codes.Dims[1], some = Math.Min(count, options.Codes), draws = Math.Min(count, options.Draws);
        var random = KeyedRandom.FromSeed(options.Seed);
        // Lines between consecutive examples: the order of the data is independent of the codes.
        double[] Decoded(int i) => Array.ConvertAll(Path(model, codes, test, i, i + 1, options.Steps), value => (double)value);
        var paths = Enumerable.Range(0, Math.Min(options.Paths, count - 1))
            .Select(i => NdArray.FromValues(
                Decoded(i), options.Steps, (int)Likelihoods.MeanShape(model.Model.Spec.Likelihood, test.Shape).Size))
            .ToList();
        return new(
            model.Name, model.Group, model.Seed, new Evaluator(model.Model, test, model.Binarization, options.Seed).Terms(),
            cloud.Dimensions, cloud.LargestCorrelation,
            MaximumMeanDiscrepancy.InverseMultiquadratic(
                NdArray.Slice(codes, 0, 0, some), Normals.Draws(some, size, random.Fold(1)), 2 * size),
            double.IsFinite(cloud.KlToStandardNormal) ? cloud.KlToStandardNormal : null,
            paths.Average(PathSmoothness.LargestOverMean), paths.Average(PathSmoothness.Straightness),
            rate(Decode(model, Uniform(codes, draws, options.Seed), test)),
            rate(Decode(model, Normals.Draws(draws, size, random.Fold(2)), test)));
    }

    /// <summary>The Fréchet distance between normals fitted to the clouds, over all pairs; null if it is not defined.</summary>
    private static Summary? Between(NdArray[] clouds)
    {
        if (clouds.Length < 2 || clouds.Any(cloud => cloud.Dims[1] != clouds[0].Dims[1]))
            return null;
        return Summaries.Summarize([
            .. from i in Enumerable.Range(0, clouds.Length)
               from j in Enumerable.Range(0, i)
               select Vae.FrechetDistance.Between(clouds[i], clouds[j])]);
    }

    private static void Check(IReadOnlyList<Candidate> candidates, DataSplit data, ComparisonOptions options)
    {
        VaeException.Require(candidates.Count > 0, "models", "must be at least one to compare", "none");
        foreach (var candidate in candidates)
        {
            var spec = candidate.Model.Spec;
            VaeException.Require(
                spec.Input == data.Test.Shape, candidate.Name, $"must be a model of examples of shape {data.Test.Shape}", spec.Input);
            VaeException.Require(spec.Latent > 0, candidate.Name, "must have a latent space to be compared", "none");
        }
        VaeException.Require(data.Test.Count > 1, "data.test", "must have at least two examples", data.Test.Count);
        VaeException.Require(options.Draws >= 2, "draws", "must be at least 2", options.Draws);
        VaeException.Require(options.Codes >= 2, "codes", "must be at least 2", options.Codes);
        VaeException.Require(options.Paths >= 1, "paths", "must be at least 1", options.Paths);
        VaeException.Require(options.Steps >= 2, "steps", "must be at least 2", options.Steps);
    }
}
