using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>Pictures of what a model's latent space holds, as values. All show what is decoded from codes, as means.</summary>
public static class LatentPictures
{
    // Wide enough to leave the middle, near enough that a code there is not rare.
    private const double Reach = 2.5;

    /// <summary>A row for each class, a column for each draw of z: what a label decides beside what z does. For a model conditioned on a label.</summary>
    /// <param name="model">Of images.</param>
    /// <param name="columns">≥ 1.</param>
    /// <param name="seed">Of the draws.</param>
    /// <param name="classNames">One a class; by default its number.</param>
    public static Picture ClassSheet(VaeModel model, int columns, ulong seed, ValueList<string>? classNames = null)
    {
        Check(model, "columns", columns, 1);
        var classes = model.Spec.Condition is Condition.Label label ? label.Classes
            : throw new VaeException("model.condition: must be a label for a sheet of classes, got another");
        using var scope = NewDisposeScope();
        using var inference = inference_mode(true);
        // One seed for every row draws the same noise for each.
        var rows = Enumerable.Range(0, classes).Select(c => model.Sample(columns, seed, Rows(model, columns, c))).ToArray();
        return Pictures.Grid(cat(rows).ToFloats(), RunPictures.ShapeOf(model.Spec), columns, rowNames: classNames ?? ValueList.From(Enumerable.Range(0, classes).Select(c => $"{c}")));
    }

    /// <summary>
    /// A latent plane as a sheet: z₁ rises to the right and z₂ upwards by equal steps of probability, so that each picture
    /// stands for as much of the prior as any other; Kingma &amp; Welling 2014, figure 4.
    /// </summary>
    /// <param name="model">Of images, with 2 latent dimensions.</param>
    /// <param name="side">Rows and columns; ≥ 1.</param>
    /// <param name="cloud">Where the codes lie, for a model without a prior such as an autoencoder: its means and deviations in place of N(0, I).</param>
    /// <param name="label">The class, for a model conditioned on one.</param>
    public static Picture Manifold(VaeModel model, int side, LatentCloud? cloud = null, int label = -1)
    {
        Check(model, "side", side, 1);
        RequirePlane(model);
        RequireReals(model, "a sheet of the latent plane");
        if (cloud is null && !(Posteriors.HasDensity(model.Spec.Posterior) && model.Spec.Prior is Prior.StandardNormal))
            throw new VaeException("cloud: must tell where the codes lie, for a model whose prior is not N(0, I), got none");
        double At(int dimension, int place)
        {
            var quantile = Normals.Quantile((place + 0.5) / side);
            return cloud is null ? quantile : cloud.Dimensions[dimension].Mean + Math.Sqrt(cloud.Dimensions[dimension].Variance) * quantile;
        }
        double[] codes = [.. from row in Enumerable.Range(0, side) from column in Enumerable.Range(0, side) from z in new[] { At(0, column), At(1, side - 1 - row) } select z];
        return Pictures.Grid(Decoded(model, codes, label), RunPictures.ShapeOf(model.Spec), side);
    }

    /// <summary>
    /// A row for each latent dimension, those that say most about the data first: its value goes over 2.5 deviations of the
    /// codes to either side of their mean, and all others stay as they are for one example.
    /// </summary>
    /// <param name="model">Of images.</param>
    /// <param name="data">What the dimensions are ordered and scaled by.</param>
    /// <param name="binarization">As in training.</param>
    /// <param name="rows">Dimensions shown at most; ≥ 1.</param>
    /// <param name="columns">≥ 2; the middle of an odd number is the mean.</param>
    /// <param name="example">The place of the example in the data, whose class is shown where the model is conditioned on one.</param>
    public static Picture Traversals(VaeModel model, Dataset data, Binarization binarization, int rows = 10, int columns = 11, int example = 0)
    {
        Check(model, "columns", columns, 2);
        Check(model, "rows", rows, 1);
        RequirePlace(data, "example", example);
        RequireReals(model, "moving one dimension alone");
        var encodings = new Evaluator(model, data, binarization).Encode();
        var size = model.Spec.Latent;
        double[] start = NdArray.Slice(encodings.Means, 0, example, 1).ToArray(), mean = AggregatePosterior.Mean(encodings.Means).ToArray(),
            variance = AggregatePosterior.Variance(encodings.Means, encodings.LogVariances).ToArray();
        var shown = Ordered(encodings, model.Spec.Posterior.Formulas().HasMoments).Take(rows).ToArray();
        double Offset(int column) => Reach * (2.0 * column / (columns - 1) - 1);
        double[] codes = [.. from row in shown from column in Enumerable.Range(0, columns) from k in Enumerable.Range(0, size)
                             select k == row.Dimension ? mean[k] + Math.Sqrt(variance[k]) * Offset(column) : start[k]];
        return Pictures.Grid(
            Decoded(model, codes, LabelOf(model, data, example)), RunPictures.ShapeOf(model.Spec), columns,
            rowNames: ValueList.From(shown.Select(row => row.Name)),
            columnNames: ValueList.From(Enumerable.Range(0, columns).Select(column => Offset(column).ToString("+0.0;−0.0;0", CultureInfo.InvariantCulture))));
    }

    /// <summary>
    /// The ways from one example to another through latent space: straight, and on the great circle. At the ends of each row
    /// stand the examples themselves. A conditional model is told the class of the first.
    /// </summary>
    /// <param name="model">Of images.</param>
    /// <param name="data">Where the examples are.</param>
    /// <param name="binarization">As in training.</param>
    /// <param name="from">The place of the first.</param>
    /// <param name="to">The place of the other.</param>
    /// <param name="steps">Pictures decoded, both codes included; ≥ 2.</param>
    public static Picture Interpolation(VaeModel model, Dataset data, Binarization binarization, int from, int to, int steps = 9)
    {
        Check(model, "steps", steps, 2);
        RequirePlace(data, "from", from);
        RequirePlace(data, "to", to);
        var onSphere = Posteriors.Support(model.Spec.Posterior) == Supports.Sphere;
        if (!onSphere)
            RequireReals(model, "a way between codes");
        var ends = data.Take([from, to]);
        var codes = new Evaluator(model, ends, binarization).Encode().Means.ToArray().Chunk(model.Spec.Latent).ToArray();
        var label = LabelOf(model, data, from);
        float[] first = Values(model, ends.Take([0])), last = Values(model, ends.Take([1]));
        float[] Row(NdArray path) => [.. first, .. Decoded(model, path.ToArray(), label), .. last];
        var spherical = Row(Interpolations.Spherical(codes[0], codes[1], steps));
        var shape = RunPictures.ShapeOf(model.Spec);
        // The straight way would leave a sphere.
        return onSphere ? Pictures.Grid(spherical, shape, steps + 2, rowNames: ["spherical"])
            : Pictures.Grid([.. Row(Interpolations.Linear(codes[0], codes[1], steps)), .. spherical], shape, steps + 2, rowNames: ["straight", "spherical"]);
    }

    /// <summary>The posterior means of a data set in a latent plane, a colour and a name for each class.</summary>
    /// <param name="model">With 2 latent dimensions.</param>
    /// <param name="data">Its first examples are shown.</param>
    /// <param name="binarization">As in training.</param>
    /// <param name="limit">Examples shown at most; ≥ 1.</param>
    public static Picture Scatter(VaeModel model, Dataset data, Binarization binarization, int limit = 5000)
    {
        RequirePlane(model);
        if (Posteriors.Support(model.Spec.Posterior) != Supports.Sphere)
            RequireReals(model, "a scatter of codes");
        VaeException.Require(limit >= 1, "limit", "must be at least 1", limit);
        var some = data.Take([.. Enumerable.Range(0, Math.Min(limit, data.Count))]);
        var means = new Evaluator(model, some, binarization).Encode().Means.ToArray();
        return Pictures.Scatter(Array.ConvertAll(means, value => (float)value), some.Labels.Span, some.HasLabels ? ValueList.From(some.Classes) : null);
    }

    private sealed record NamedDimension(int Dimension, string Name);

    // By KL to N(0, I); where moments do not give it, as of an autoencoder, the variance of the codes speaks.
    private static IEnumerable<NamedDimension> Ordered(Encodings encodings, bool hasMoments)
    {
        var count = encodings.Means.Dims[0];
        var kl = (NdArray.Sum(Normals.KlToStandardPerValue(encodings.Means, encodings.LogVariances), 0) / count).ToArray();
        var known = hasMoments && Array.TrueForAll(kl, double.IsFinite);
        var variances = ActiveUnits.Variances(encodings.Means);
        return Enumerable.Range(0, kl.Length).OrderByDescending(k => known ? kl[k] : variances[k])
            .Select(k => new NamedDimension(k, string.Create(CultureInfo.InvariantCulture, $"{k}: {(known ? $"{kl[k]:0.00} nats" : $"variance {variances[k]:0.00}")}")));
    }

    private static float[] Decoded(VaeModel model, double[] codes, int label)
    {
        var count = codes.Length / model.Spec.Latent;
        using var scope = NewDisposeScope();
        using var inference = inference_mode(true);
        var z = Array.ConvertAll(codes, value => (float)value).ToTensor(model.Device, count, model.Spec.Latent).to(model.Weights.Flat.dtype);
        return model.DecodeMean(z, Rows(model, count, label)).ToFloats();
    }

    // One-hot rows of one class for a model conditioned on a label, nothing for one without a condition.
    private static Tensor? Rows(VaeModel model, int count, int label)
    {
        if (model.Spec.Condition is Condition.None)
            return label < 0 ? null : throw new VaeException($"label: must be left out for a model without a condition, got {label}");
        if (model.Spec.Condition is not Condition.Label condition)
            throw new VaeException("model.condition: must be none or a label for a picture of latent space, got another");
        VaeException.Require(label >= 0 && label < condition.Classes, "label", $"must be 0 to {condition.Classes - 1}", label);
        return Enumerable.Range(0, count * condition.Classes).Select(at => at % condition.Classes == label ? 1f : 0).ToArray()
            .ToTensor(model.Device, count, condition.Classes).to(model.Weights.Flat.dtype);
    }

    private static int LabelOf(VaeModel model, Dataset data, int example) => model.Spec.Condition is Condition.Label && data.HasLabels ? data.Labels.Span[example] : -1;

    // One example without its mask.
    private static float[] Values(VaeModel model, Dataset data)
    {
        var values = new float[data.ItemSize];
        data.Pixels.CopyTo(0, values);
        return values[..(int)RunPictures.ShapeOf(model.Spec).Size];
    }

    private static void Check(VaeModel model, string name, int count, int min)
    {
        RunPictures.Require(model.Spec);
        VaeException.Require(model.Spec.Latent > 0, "model.latent", "must be at least 1 for a picture of latent space", model.Spec.Latent);
        VaeException.Require(count >= min, name, $"must be at least {min}", count);
    }

    private static void RequirePlane(VaeModel model) => VaeException.Require(model.Spec.Latent == 2, "model.latent", "must be 2 for a picture of the latent plane", model.Spec.Latent);

    private static void RequireReals(VaeModel model, string picture)
    {
        if (Posteriors.Support(model.Spec.Posterior) is var support && support != Supports.Reals)
            throw new VaeException($"model.posterior: must have draws of real numbers for {picture}, got {Posteriors.Name(model.Spec.Posterior)}, whose z is of {support.Name}");
    }

    private static void RequirePlace(Dataset data, string name, int place) => VaeException.Require(place >= 0 && place < data.Count, name, $"must be 0 to {data.Count - 1}", place);
}
