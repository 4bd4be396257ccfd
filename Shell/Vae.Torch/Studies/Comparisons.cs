namespace Vae.Torch;

/// <summary>Compares models by the shape of their latent space and by what is decoded from it.</summary>
public static class Comparisons
{
    // As many as make a covariance of the classifier's features that no longer changes.
    private const int MaxDraws = 5000;

    private const int ClassifierViews = 120_000;

    /// <summary>Of models of one data set.</summary>
    /// <param name="candidates">At least one; those of a group one after another.</param>
    /// <param name="data">Its test set is encoded; where it has labels, a classifier trained on its training set judges what is decoded.</param>
    /// <param name="options">How much is drawn.</param>
    /// <param name="stop">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    public static Comparison Run(IReadOnlyList<Candidate> candidates, DataSplit data, ComparisonOptions? options = null, CancellationToken stop = default)
    {
        options ??= new();
        Check(candidates, data, options);
        using var classifier = data.Train.HasLabels && data.Train.Classes.Count > 1 ? ImageClassifier.Train(data.Train, Judging(data.Train), stop: stop) : null;
        var reference = classifier?.Classify(Unseen(data, options.Draws));
        var groups = ValueList.From(candidates.Select(of => of.Group).Distinct());
        var codes = candidates.Select(of => Codes(of, data.Test, options.Seed)).ToList();
        var models = new List<ModelMetrics>();
        for (var i = 0; i < candidates.Count; i++)
        {
            stop.ThrowIfCancellationRequested();
            models.Add(Measure(candidates[i], codes[i], data.Test, options, images => classifier is null ? null : SampleQualities.Measure(classifier.Classify(images), reference!)));
        }
        var real = classifier is null ? null : SampleQualities.Measure(classifier.Classify(First(data.Test, options.Draws)), reference!);
        ValueList<Summary?> between = ValueList.From(groups.Select(group => Between([.. codes.Where((_, i) => candidates[i].Group == group)])));
        var accuracy = classifier?.Accuracy(data.Test);
        return new(data.Test.Name, data.Test.Count, groups, ComparedMetrics.Summarize(groups, ValueList.From(models), between, real), ValueList.From(models), accuracy,
            ComparedMetrics.Notes([.. candidates.Select(of => of.Model.Spec)], accuracy));
    }

    /// <summary>A code of each example: a draw from q(z|x, c), of an autoencoder the code itself. [N, D].</summary>
    public static NdArray Codes(Candidate candidate, Dataset data, ulong seed = 0)
    {
        var encodings = new Evaluator(candidate.Model, data, candidate.Binarization, seed).Encode();
        return Reparameterizations.Normal(encodings.Means, encodings.LogVariances, Normals.Draws(encodings.Means.Dims[0], encodings.Means.Dims[1], KeyedRandom.FromSeed(seed)));
    }

    /// <summary>Draws that are uniform in the smallest box of all codes, its sides along the axes. [N, D] → [count, D].</summary>
    public static NdArray Uniform(NdArray codes, int count, ulong seed)
    {
        var size = codes.Dims[1];
        var columns = codes.ToArray().Select((value, at) => (Value: value, Column: at % size)).GroupBy(of => of.Column, of => of.Value).OrderBy(of => of.Key).ToList();
        double[] low = [.. columns.Select(column => column.Min())], high = [.. columns.Select(column => column.Max())];
        var noise = KeyedRandom.FromSeed(seed);
        return NdArray.FromValues([.. Enumerable.Range(0, count * size).Select(at => low[at % size] + (high[at % size] - low[at % size]) * noise.Uniform(at))], count, size);
    }

    /// <summary>What a model decodes from codes, with the conditions of the first examples, in turn; [N, ...] flat.</summary>
    public static float[] Decode(Candidate candidate, NdArray codes, Dataset like) => Decodings.Decode(
        candidate.Model, codes, like.Take([.. Enumerable.Range(0, codes.Dims[0]).Select(i => i % like.Count)]), candidate.Binarization);

    /// <summary>Pictures on the straight line between the codes of two examples, with the condition of the first; [steps, ...] flat.</summary>
    public static float[] Path(Candidate candidate, NdArray codes, Dataset data, int from, int to, int steps)
    {
        double[] Code(int at) => NdArray.Slice(codes, 0, at, 1).ToArray();
        return Decodings.Decode(candidate.Model, Interpolations.Linear(Code(from), Code(to), steps), data.Take([.. Enumerable.Repeat(from, steps)]), candidate.Binarization);
    }

    internal static Dataset First(Dataset data, int count) => data.Count <= count ? data : data.Take([.. Enumerable.Range(0, count)]);

    // Two epochs are enough for many examples; few are seen as often as makes up for it.
    private static ClassifierOptions Judging(Dataset data) => new(Epochs: Math.Clamp(ClassifierViews / data.Count, 2, 20));

    /// <summary>Real examples to compare with, others than those that are the mark: of the test set, whose features no training has sharpened, where it has as many left.</summary>
    private static Dataset Unseen(DataSplit data, int mark) => data.Test.Count >= 2 * mark
        ? data.Test.Take([.. Enumerable.Range(mark, Math.Min(MaxDraws, data.Test.Count - mark))]) : First(data.Train, MaxDraws);

    private static ModelMetrics Measure(Candidate of, NdArray codes, Dataset test, ComparisonOptions options, Func<float[], SampleQuality?> classify)
    {
        var cloud = LatentClouds.Moments(codes);
        int count = codes.Dims[0], size = codes.Dims[1], some = Math.Min(count, options.Codes), draws = Math.Min(count, options.Draws);
        // Lines between neighbours in the data: its order knows nothing of its codes.
        var paths = Enumerable.Range(0, Math.Min(options.Paths, count - 1))
            .Select(i => NdArray.FromValues(Array.ConvertAll(Path(of, codes, test, i, i + 1, options.Steps), value => (double)value), options.Steps, test.ItemSize)).ToList();
        return new(
            of.Name, of.Group, of.Seed, new Evaluator(of.Model, test, of.Binarization, options.Seed).Terms(), cloud.Dimensions, cloud.LargestCorrelation,
            MaximumMeanDiscrepancy.InverseMultiquadratic(NdArray.Slice(codes, 0, 0, some), Normals.Draws(some, size, KeyedRandom.FromSeed(options.Seed).Fold(1)), 2 * size),
            double.IsFinite(cloud.KlToStandardNormal) ? cloud.KlToStandardNormal : null,
            paths.Average(PathSmoothness.LargestOverMean), paths.Average(PathSmoothness.Straightness),
            classify(Decode(of, Uniform(codes, draws, options.Seed), test)),
            classify(Decode(of, Normals.Draws(draws, size, KeyedRandom.FromSeed(options.Seed).Fold(2)), test)));
    }

    /// <summary>Over all pairs of clouds, how far the normals that fit them are apart.</summary>
    private static Summary? Between(NdArray[] clouds)
    {
        if (clouds.Length < 2 || clouds.Any(cloud => cloud.Dims[1] != clouds[0].Dims[1]))
            return null;
        return Summaries.Summarize([.. from i in Enumerable.Range(0, clouds.Length) from j in Enumerable.Range(0, i) select Vae.FrechetDistance.Between(clouds[i], clouds[j])]);
    }

    private static void Check(IReadOnlyList<Candidate> candidates, DataSplit data, ComparisonOptions options)
    {
        VaeException.Require(candidates.Count > 0, "models", "must be at least one to compare", "none");
        foreach (var of in candidates)
        {
            VaeException.Require(of.Model.Spec.Input == data.Test.Shape, of.Name, $"must be a model of examples of shape {data.Test.Shape}", of.Model.Spec.Input);
            VaeException.Require(of.Model.Spec.Latent > 0, of.Name, "must have a latent space to be compared", "none");
        }
        VaeException.Require(data.Test.Count > 1, "data.test", "must have at least two examples", data.Test.Count);
        VaeException.Require(options.Draws >= 2, "draws", "must be at least 2", options.Draws);
        VaeException.Require(options.Codes >= 2, "codes", "must be at least 2", options.Codes);
        VaeException.Require(options.Paths >= 1, "paths", "must be at least 1", options.Paths);
        VaeException.Require(options.Steps >= 2, "steps", "must be at least 2", options.Steps);
    }
}
