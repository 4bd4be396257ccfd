using System.Globalization;

namespace Vae.Torch;

/// <summary>The metrics of a comparison, in the order of its table, with a description of each.</summary>
internal static class ComparedMetrics
{
    // A table lists up to this many dimensions one by one; the details list all.
    private const int MaxDimensions = 3;

    private sealed record Kind(string Name, string Description, Func<ModelMetrics, double?> Of, Func<SampleQuality, double>? Real = null);

    private static readonly Kind[] Losses =
    [
        new("reconstruction, nats", "−ln p(x|z) on the test set; lower if codes keep more of x.", model => model.Test.Reconstruction),
        new("−ELBO, nats", "The bound on −ln p(x); an autoencoder has none.", model => model.Test.NegElbo),
        new("KL to the prior, nats", "The information cost of a code; an autoencoder's codes are not regularized.", model => model.Test.Kl),
    ];

    private static readonly Kind[] Shape =
    [
        new("distance of the mean from 0", "0 under N(0, I).", model => model.MeanLength),
        new("variance, mean of dimensions", "1 under N(0, I).", model => model.Variance),
        new("|skewness|, mean of dimensions", "0 for a symmetric distribution, as under N(0, I).", model => model.Skewness),
        new("largest |correlation|", "0 under N(0, I).", model => model.LargestCorrelation),
        new("maximum mean discrepancy to N(0, I)", "Near 0 if codes are distributed as N(0, I).", model => model.Discrepancy),
        new("KL of the best-fitting normal to N(0, I), nats", "Compares mean and covariance only; 0 if both agree.",
            model => model.KlToNormal),
    ];

    private static readonly Kind[] Paths =
    [
        new("largest step / mean step", "Decodings along straight lines between codes: 1 for an even change, large for a jump.",
            model => model.LargestStep),
        new("straightness", "Distance between a line's decoded ends over the path length between them: low if the path makes a detour.",
            model => model.Straightness),
    ];

    private static readonly Kind[] Pictures =
    [
        .. ClassifierMetrics("uniform", model => model.Uniform),
        .. ClassifierMetrics("N(0, I)", model => model.Normal),
    ];

    /// <summary>The metrics of each group.</summary>
    /// <param name="groups">Names of the groups.</param>
    /// <param name="models">Metrics of the models.</param>
    /// <param name="between">Distance between the codes of models of one group, for each group; null for a group of one model.</param>
    /// <param name="real">Quality of real test examples; null without an evaluation classifier.</param>
    public static ValueList<ComparedMetric> Summarize(
        ValueList<string> groups, ValueList<ModelMetrics> models, ValueList<Summary?> between, SampleQuality? real)
    {
        var size = models[0].Dimensions.Count;
        var each = size <= MaxDimensions && models.All(model => model.Dimensions.Count == size)
            ? Enumerable.Range(0, size).SelectMany(Dimension) : [];
        Summary? OfGroup(Kind kind, string group) => Over([.. models.Where(model => model.Group == group).Select(kind.Of)]);
        ComparedMetric Metric(Kind kind) => new(
            kind.Name, kind.Description, ValueList.From(groups.Select(group => OfGroup(kind, group))),
            real is not null && kind.Real is not null ? kind.Real(real) : null, Difference(groups, models, kind));
        var clouds = new ComparedMetric("distance of clouds between seeds",
            "Fréchet distance between normals fitted to two models' codes, over all pairs: the effect of the initialization.",
            between, null);
        return ValueList.From(Losses.Concat(each).Concat(Shape).Select(Metric)
            .Concat(between.Any(summary => summary is not null) ? [clouds] : Array.Empty<ComparedMetric>())
            .Concat(Paths.Concat(real is null ? [] : Pictures).Select(Metric)));
    }

    /// <summary>Caveats for reading the metrics, as sentences.</summary>
    /// <param name="models">The compared models.</param>
    /// <param name="accuracy">Test accuracy of the evaluation classifier, in [0, 1]; null if there is none.</param>
    public static ValueList<string> Notes(IReadOnlyList<VaeSpec> models, double? accuracy) =>
    [
        "A code is a draw from q(z|x), or the code itself for an autoencoder.",
        accuracy is { } right
            ? "Confidence, balance and Fréchet distance come from an evaluation classifier trained on the training set; it classifies "
                + $"{(100 * right).ToString("0.0", CultureInfo.InvariantCulture)} % of the test set correctly. "
                + "The values of real test images are the reference."
            : "The data have no labels of several classes to train an evaluation classifier, so samples are not rated: see the pictures.",
        .. models.All(model => Posteriors.HasDensity(model.Posterior)) ? Array.Empty<string>()
            : ["An autoencoder has no KL, no bound on ln p(x) and no distribution of codes to draw from."],
        .. models.Select(model => DensityNotes.Text(model.Likelihood)).Where(note => note.Length > 0).Distinct(),
        .. models.All(model => model.Prior is Prior.StandardNormal) ? Array.Empty<string>()
            : ["With a prior other than N(0, I), draws from N(0, I) are not draws from the model."],
    ];

    private static PairedDifference? Difference(ValueList<string> groups, ValueList<ModelMetrics> models, Kind kind) =>
        groups.Count != 2 ? null : PairedDifference.Measure([
            .. from first in models
               where first.Group == groups[0]
               from second in models
               where second.Group == groups[1] && second.Seed == first.Seed
               let pair = (First: kind.Of(first), Second: kind.Of(second))
               where double.IsFinite(pair.First ?? double.NaN) && double.IsFinite(pair.Second ?? double.NaN)
               select (pair.First!.Value, pair.Second!.Value)]);

    private static Summary? Over(double?[] values) => values.All(value => value is { } number && double.IsFinite(number))
        ? Summaries.Summarize([.. values.Select(value => value!.Value)]) : null;

    private static IEnumerable<Kind> Dimension(int index)
    {
        var z = $"z{(char)('₁' + index)}";
        yield return new($"mean of {z}", "0 under N(0, I).", model => model.Dimensions[index].Mean);
        yield return new($"variance of {z}", "1 under N(0, I).", model => model.Dimensions[index].Variance);
        yield return new($"skewness of {z}", "0 under N(0, I).", model => model.Dimensions[index].Skewness);
    }

    private static Kind[] ClassifierMetrics(string draws, Func<ModelMetrics, SampleQuality?> quality) =>
    [
        new($"{draws} draws: confidence", "Mean probability of the most likely class of decoded draws; 1 is certain.",
            model => quality(model)?.Confidence, real => real.Confidence),
        new($"{draws} draws: balance, nats", "Entropy of the mean prediction: high if all classes are drawn equally often.",
            model => quality(model)?.Balance, real => real.Balance),
        new($"{draws} draws: Fréchet distance", "Distance to real examples in the classifier's features; lower is better.",
            model => quality(model)?.FrechetDistance, real => real.FrechetDistance),
    ];
}
