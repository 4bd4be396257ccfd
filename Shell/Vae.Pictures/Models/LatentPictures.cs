using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>Pictures of a model's latent space: means decoded from chosen codes, and scatter plots of codes.</summary>
public static partial class LatentPictures
{
    // In deviations: far enough from the mean to show an effect, near enough that such codes are not rare.
    private const double Reach = 2.5;

    /// <summary>Draws one row per class and one column per draw of z, which separates the effect of the label from that of z.</summary>
    /// <param name="model">A model of images, conditioned on a label.</param>
    /// <param name="columns">Number of draws; ≥ 1.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="classNames">A name per class; its index by default.</param>
    /// <returns>The picture.</returns>
    /// <exception cref="VaeException">The model's examples cannot be drawn, or its condition is not a label.</exception>
    public static Picture ClassSheet(VaeModel model, int columns, ulong seed, ValueList<string>? classNames = null)
    {
        Check(model, "columns", columns, 1);
        var classes = model.Spec.Condition is Condition.Label label ? label.Classes
            : throw new VaeException("model.condition: must be a label for a class sheet, got another");
        using var scope = NewDisposeScope();
        using var inference = inference_mode(true);
        // The same seed gives every row the same noise.
        var rows = Enumerable.Range(0, classes).Select(c => model.Sample(columns, seed, Rows(model, columns, c))).ToArray();
        return Pictures.Grid(
            cat(rows).ToFloats(), RunPictures.ShapeOf(model.Spec), columns,
            rowNames: classNames ?? ValueList.From(Enumerable.Range(0, classes).Select(c => $"{c}")));
    }

    /// <summary>
    /// Draws decodings on a grid over a latent plane: z₁ increases to the right and z₂ upwards, in equal steps of prior probability;
    /// Kingma &amp; Welling 2014, figure 4.
    /// </summary>
    /// <param name="model">A model of images with 2 latent dimensions.</param>
    /// <param name="side">Number of rows and columns; ≥ 1.</param>
    /// <param name="cloud">
    /// Moments of the codes, required if the prior is not N(0, I), such as for an autoencoder; their means and deviations then replace
    /// those of N(0, I).
    /// </param>
    /// <param name="label">The class, for a model conditioned on a label; otherwise −1.</param>
    /// <returns>The picture.</returns>
    /// <exception cref="VaeException">The examples cannot be drawn, the latent is not a plane, or an argument is missing.</exception>
    public static Picture Manifold(VaeModel model, int side, LatentCloud? cloud = null, int label = -1)
    {
        Check(model, "side", side, 1);
        RequirePlane(model);
        RequireReals(model, "a grid over the latent plane");
        if (cloud is null && !(Posteriors.HasDensity(model.Spec.Posterior) && model.Spec.Prior is Prior.StandardNormal))
            throw new VaeException("cloud: must be given for a model whose prior is not N(0, I), got none");
        double At(int dimension, int place)
        {
            var quantile = Normals.Quantile((place + 0.5) / side);
            return cloud is null ? quantile : cloud.Dimensions[dimension].Mean + Math.Sqrt(cloud.Dimensions[dimension].Variance) * quantile;
        }
        double[] codes = [
            .. from row in Enumerable.Range(0, side)
               from column in Enumerable.Range(0, side)
               from z in new[] { At(0, column), At(1, side - 1 - row) }
               select z];
        return Pictures.Grid(Decoded(model, codes, label), RunPictures.ShapeOf(model.Spec), side);
    }

    /// <summary>
    /// Draws one row per latent dimension, the most informative first. The dimension varies over 2.5 deviations of the codes to either
    /// side of their mean, while the others keep their values for one example. If the factors of the data are known, a row names those
    /// that its dimension encodes.
    /// </summary>
    /// <param name="model">A model of images with a real-valued latent.</param>
    /// <param name="data">Examples whose codes order and scale the dimensions.</param>
    /// <param name="binarization">The binarization used in training.</param>
    /// <param name="rows">Maximum number of dimensions; ≥ 1.</param>
    /// <param name="columns">Number of values per dimension; ≥ 2. With an odd number the middle is the mean.</param>
    /// <param name="example">Index of the example in the data; a conditional model uses its label.</param>
    /// <returns>The picture.</returns>
    /// <exception cref="VaeException">The examples cannot be drawn, z is not real-valued, or an argument is out of range.</exception>
    public static Picture Traversals(
        VaeModel model, Dataset data, Binarization binarization, int rows = 10, int columns = 11, int example = 0)
    {
        Check(model, "columns", columns, 2);
        Check(model, "rows", rows, 1);
        RequirePlace(data, "example", example);
        RequireReals(model, "latent traversals");
        var encodings = new Evaluator(model, data, binarization).Encode();
        var size = model.Spec.Latent;
        double[] start = NdArray.Slice(encodings.Means, 0, example, 1).ToArray(),
            mean = AggregatePosterior.Mean(encodings.Means).ToArray(),
            variance = AggregatePosterior.Variance(encodings.Means, encodings.LogVariances).ToArray();
        var factors = FactorNames.OfDimensions(encodings.Means, data);
        var shown = Ordered(encodings, model.Spec.Posterior.Formulas().HasMoments, factors).Take(rows).ToArray();
        double Offset(int column) => Reach * (2.0 * column / (columns - 1) - 1);
        double[] codes = [
            .. from row in shown
               from column in Enumerable.Range(0, columns)
               from k in Enumerable.Range(0, size)
               select k == row.Dimension ? mean[k] + Math.Sqrt(variance[k]) * Offset(column) : start[k]];
        var offsets = Enumerable.Range(0, columns).Select(column => Offset(column).ToString("+0.0;−0.0;0", CultureInfo.InvariantCulture));
        return Pictures.Grid(
            Decoded(model, codes, LabelOf(model, data, example)), RunPictures.ShapeOf(model.Spec), columns,
            rowNames: ValueList.From(shown.Select(row => row.Name)), columnNames: ValueList.From(offsets));
    }

    /// <summary>
    /// Draws interpolations between two examples in latent space: on a straight line and on a great circle. The examples themselves are
    /// at the ends of each row. A conditional model is conditioned on the label of the first.
    /// </summary>
    /// <param name="model">A model of images with a real-valued or spherical latent.</param>
    /// <param name="data">Data set of the examples.</param>
    /// <param name="binarization">The binarization used in training.</param>
    /// <param name="from">Index of the first example.</param>
    /// <param name="to">Index of the last example.</param>
    /// <param name="steps">Number of decoded codes, both ends included; ≥ 2.</param>
    /// <returns>The picture.</returns>
    /// <exception cref="VaeException">The model's examples cannot be drawn, its z is discrete, or an argument is out of range.</exception>
    public static Picture Interpolation(VaeModel model, Dataset data, Binarization binarization, int from, int to, int steps = 9)
    {
        Check(model, "steps", steps, 2);
        RequirePlace(data, "from", from);
        RequirePlace(data, "to", to);
        var onSphere = Posteriors.Support(model.Spec.Posterior) == Supports.Sphere;
        if (!onSphere)
            RequireReals(model, "an interpolation between codes");
        var ends = data.Take([from, to]);
        var codes = new Evaluator(model, ends, binarization).Encode().Means.ToArray().Chunk(model.Spec.Latent).ToArray();
        var label = LabelOf(model, data, from);
        float[] first = Values(model, ends.Take([0])), last = Values(model, ends.Take([1]));
        float[] Row(NdArray path) => [.. first, .. Decoded(model, path.ToArray(), label), .. last];
        var spherical = Row(Interpolations.Spherical(codes[0], codes[1], steps));
        var shape = RunPictures.ShapeOf(model.Spec);
        // A straight line would leave the sphere.
        if (onSphere)
            return Pictures.Grid(spherical, shape, steps + 2, rowNames: ["spherical"]);
        var straight = Row(Interpolations.Linear(codes[0], codes[1], steps));
        return Pictures.Grid([.. straight, .. spherical], shape, steps + 2, rowNames: ["straight", "spherical"]);
    }

    /// <summary>Draws posterior means in a latent plane, coloured and named by class.</summary>
    /// <param name="model">A model with 2 latent dimensions.</param>
    /// <param name="data">The examples; the first are drawn.</param>
    /// <param name="binarization">The binarization used in training.</param>
    /// <param name="limit">Maximum number of examples; ≥ 1.</param>
    /// <returns>The picture.</returns>
    /// <exception cref="VaeException">The latent is not a plane of real or spherical codes, or the limit is below 1.</exception>
    public static Picture Scatter(VaeModel model, Dataset data, Binarization binarization, int limit = 5000)
    {
        RequirePlane(model);
        if (Posteriors.Support(model.Spec.Posterior) != Supports.Sphere)
            RequireReals(model, "a scatter plot of codes");
        VaeException.Require(limit >= 1, "limit", "must be at least 1", limit);
        var some = data.Take([.. Enumerable.Range(0, Math.Min(limit, data.Count))]);
        var means = new Evaluator(model, some, binarization).Encode().Means.ToArray();
        return Pictures.Scatter(
            Array.ConvertAll(means, value => (float)value), some.Labels.Span, some.HasLabels ? ValueList.From(some.Classes) : null);
    }

    private sealed record NamedDimension(int Dimension, string Name);

    // By KL to N(0, I) if the moments determine it; otherwise, as for an autoencoder, by the variance of the codes.
    private static IEnumerable<NamedDimension> Ordered(Encodings encodings, bool hasMoments, ValueList<string> factors)
    {
        var count = encodings.Means.Dims[0];
        var kl = (NdArray.Sum(Normals.KlToStandardPerValue(encodings.Means, encodings.LogVariances), 0) / count).ToArray();
        var known = hasMoments && Array.TrueForAll(kl, double.IsFinite);
        var variances = ActiveUnits.Variances(encodings.Means);
        string Name(int k) => string.Create(
            CultureInfo.InvariantCulture,
            $"{k}: {(factors[k].Length > 0 ? $"{factors[k]}, " : "")}{(known ? $"{kl[k]:0.00} nats" : $"variance {variances[k]:0.00}")}");
        return Enumerable.Range(0, kl.Length).OrderByDescending(k => known ? kl[k] : variances[k])
            .Select(k => new NamedDimension(k, Name(k)));
    }

    private static float[] Decoded(VaeModel model, double[] codes, int label)
    {
        var count = codes.Length / model.Spec.Latent;
        using var scope = NewDisposeScope();
        using var inference = inference_mode(true);
        var z = Array.ConvertAll(codes, value => (float)value)
            .ToTensor(model.Device, count, model.Spec.Latent).to(model.Weights.Flat.dtype);
        return model.DecodeMean(z, Rows(model, count, label)).ToFloats();
    }

    // One-hot rows of one class for a model conditioned on a label; null for an unconditional model.
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

    private static int LabelOf(VaeModel model, Dataset data, int example) =>
        model.Spec.Condition is Condition.Label && data.HasLabels ? data.Labels.Span[example] : -1;

    // The values of one example, without its mask.
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

    private static void RequirePlane(VaeModel model) => VaeException.Require(
        model.Spec.Latent == 2, "model.latent", "must be 2 for a picture of the latent plane", model.Spec.Latent);

    private static void RequireReals(VaeModel model, string picture)
    {
        if (Posteriors.Support(model.Spec.Posterior) is var support && support != Supports.Reals)
            throw new VaeException(
                $"model.posterior: must be real-valued for {picture}, "
                + $"got {Posteriors.Name(model.Spec.Posterior)}, whose z is of {support.Name}");
    }

    private static void RequirePlace(Dataset data, string name, int place) =>
        VaeException.Require(place >= 0 && place < data.Count, name, $"must be 0 to {data.Count - 1}", place);
}
