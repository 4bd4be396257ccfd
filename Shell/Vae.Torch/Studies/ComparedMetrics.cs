using System.Globalization;

namespace Vae.Torch;

/// <summary>The figures that models are compared by, in the order of a table, and what each says.</summary>
internal static class ComparedMetrics
{
    // More dimensions than this are told by their means alone; each stands in the details.
    private const int MaxDimensions = 3;

    private sealed record Kind(string Name, string Description, Func<ModelMetrics, double?> Of, Func<SampleQuality, double>? Real = null);

    private static readonly Kind[] Losses =
    [
        new("reconstruction, nats", "−ln p(x|z) on the test set: how much of x a code keeps.", of => of.Test.Reconstruction),
        new("−ELBO, nats", "The bound on −ln p(x). An autoencoder has none.", of => of.Test.NegElbo),
        new("KL to the prior, nats", "What a code costs. An autoencoder pays nothing, and nothing holds its codes together.", of => of.Test.Kl),
    ];

    private static readonly Kind[] Shape =
    [
        new("distance of the mean from 0", "0 under N(0, I).", of => of.MeanLength),
        new("variance, mean of dimensions", "1 under N(0, I).", of => of.Variance),
        new("|skewness|, mean of dimensions", "0 for a symmetric cloud, as under N(0, I).", of => of.Skewness),
        new("largest |correlation|", "0 under N(0, I).", of => of.LargestCorrelation),
        new("maximum mean discrepancy to N(0, I)", "About 0 where draws from N(0, I) could not be told from codes.", of => of.Discrepancy),
        new("KL of the best-fitting normal to N(0, I), nats", "The same by mean and covariance alone; 0 where both fit.", of => of.KlToNormal),
    ];

    private static readonly Kind[] Paths =
    [
        new("largest step / mean step", "Pictures on straight lines between encodings: 1 for an even change, large for a jump.", of => of.LargestStep),
        new("straightness", "The distance of the ends over the way between them: low where the way leads through other pictures.", of => of.Straightness),
    ];

    private static readonly Kind[] Pictures =
    [
        .. ClassifierMetrics("uniform", of => of.Uniform),
        .. ClassifierMetrics("N(0, I)", of => of.Normal),
    ];

    public static ValueList<ComparedMetric> Summarize(ValueList<string> groups, ValueList<ModelMetrics> models, ValueList<Summary?> between, SampleQuality? real)
    {
        var size = models[0].Dimensions.Count;
        var each = size <= MaxDimensions && models.All(of => of.Dimensions.Count == size) ? Enumerable.Range(0, size).SelectMany(Dimension) : [];
        ComparedMetric Made(Kind kind) => new(kind.Name, kind.Description,
            ValueList.From(groups.Select(group => Over([.. models.Where(of => of.Group == group).Select(kind.Of)]))), real is not null && kind.Real is not null ? kind.Real(real) : null);
        var clouds = new ComparedMetric("distance of clouds between seeds",
            "The Fréchet distance of the normals that fit two models' codes, over all pairs: how much the initialization decides.", between, null);
        return ValueList.From(Losses.Concat(each).Concat(Shape).Select(Made)
            .Concat(between.Any(of => of is not null) ? [clouds] : Array.Empty<ComparedMetric>())
            .Concat(Paths.Concat(real is null ? [] : Pictures).Select(Made)));
    }

    /// <summary>What must be known to read the figures.</summary>
    public static ValueList<string> Notes(IReadOnlyList<VaeSpec> models, double? accuracy) => ValueList.From(new[]
    {
        "A code is a draw from q(z|x), of an autoencoder the code itself.",
        accuracy is { } right
            ? $"Confidence, balance and Fréchet distance are those of a classifier trained on the training set, which gets {(100 * right).ToString("0.0", CultureInfo.InvariantCulture)} % of the test set right; real images are test images, and what they reach is the mark."
            : "The data have no labels of several classes, so no classifier can be trained, and there are no figures of how good decoded draws are: see the pictures.",
        models.All(of => Posteriors.HasDensity(of.Posterior)) ? "" : "An autoencoder has no KL, no bound on ln p(x) and no distribution of codes to draw from.",
        models.All(of => Likelihoods.IsDensity(of.Likelihood)) ? "" : "A cross-entropy on values between 0 and 1 is no density, so −ELBO bounds no likelihood.",
        models.All(of => of.Prior is Prior.StandardNormal) ? "" : "Where the prior is conditional, codes are held to p(z|c), and draws from N(0, I) are not what the model would draw.",
    }.Where(note => note.Length > 0));

    private static Summary? Over(double?[] values) => values.All(value => value is { } number && double.IsFinite(number)) ? Summaries.Summarize([.. values.Select(value => value!.Value)]) : null;

    private static IEnumerable<Kind> Dimension(int index)
    {
        var z = $"z{(char)('₁' + index)}";
        yield return new($"mean of {z}", "0 under N(0, I).", of => of.Dimensions[index].Mean);
        yield return new($"variance of {z}", "1 under N(0, I).", of => of.Dimensions[index].Variance);
        yield return new($"skewness of {z}", "0 under N(0, I).", of => of.Dimensions[index].Skewness);
    }

    private static Kind[] ClassifierMetrics(string draws, Func<ModelMetrics, SampleQuality?> quality) =>
    [
        new($"{draws} draws: confidence", "How clearly decoded draws are of one class; 1 is certain.", of => quality(of)?.Confidence, real => real.Confidence),
        new($"{draws} draws: balance, nats", "Whether all classes are drawn: the entropy of the mean prediction.", of => quality(of)?.Balance, real => real.Balance),
        new($"{draws} draws: Fréchet distance", "From real examples, in the classifier's features: lower is more like them.", of => quality(of)?.FrechetDistance, real => real.FrechetDistance),
    ];
}
