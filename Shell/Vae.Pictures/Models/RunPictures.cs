using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>Pictures of a trained model: samples, reconstructions and completions.</summary>
public static class RunPictures
{
    private const int SummaryDraws = 36;

    /// <summary>Draws samples from the prior in a square grid.</summary>
    /// <param name="model">A model of images.</param>
    /// <param name="count">Number of samples; ≥ 1.</param>
    /// <param name="seed">Seed of the samples.</param>
    /// <param name="label">The class, for a model conditioned on a label; −1 cycles through the classes.</param>
    /// <param name="like">Examples whose conditions are used if the condition is not a single label.</param>
    /// <returns>The picture.</returns>
    /// <exception cref="VaeException">The model's examples cannot be drawn, or the condition is missing or does not fit.</exception>
    public static Picture Samples(VaeModel model, int count, ulong seed, int label = -1, Dataset? like = null) =>
        Samples(new Source(model.Spec, model.Device, model.Sample), count, seed, label, like);

    /// <summary>Draws samples from a fitted sampler in a square grid.</summary>
    /// <param name="sampler">A sampler of a model of images.</param>
    /// <param name="count">Number of samples; ≥ 1.</param>
    /// <param name="seed">Seed of the samples.</param>
    /// <param name="label">The class, for a model conditioned on a label; −1 cycles through the classes.</param>
    /// <param name="like">Examples whose conditions are used if the condition is not a single label.</param>
    /// <returns>The picture.</returns>
    /// <exception cref="VaeException">The model's examples cannot be drawn, or the condition is missing or does not fit.</exception>
    public static Picture Samples(FittedSampler sampler, int count, ulong seed, int label = -1, Dataset? like = null) =>
        Samples(new Source(sampler.Model, sampler.Device, sampler.Sample), count, seed, label, like);

    /// <summary>Draws samples with the kept weights of a run, as the content of a PNG file for <see cref="TensorBoardLog"/>.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="experiment">Its experiment.</param>
    /// <returns>Null if the model's examples cannot be drawn, or samples need conditions from data.</returns>
    public static byte[]? Summary(RunFolder folder, Experiment experiment)
    {
        var spec = experiment.Model;
        if (!CanShow(spec.Input) || !Posteriors.HasDensity(spec.Posterior) || NeedsData(spec.Condition))
            return null;
        using var model = folder.LoadModel();
        return Samples(model, SummaryDraws, experiment.Train.Seed).ToPng();
    }

    // A source of samples: a model, or a sampler fitted to it.
    private sealed record Source(VaeSpec Spec, Device Device, Func<int, ulong, Tensor?, Tensor> Sample);

    private static Picture Samples(Source source, int count, ulong seed, int label, Dataset? like)
    {
        var spec = source.Spec;
        Check(spec, count);
        count = NeedsData(spec.Condition) && like is not null ? Math.Min(count, like.Count) : count;
        using var scope = NewDisposeScope();
        using var inference = inference_mode(true);
        var samples = source.Sample(count, seed, ConditionOf(spec, source.Device, count, label, like));
        return Pictures.Grid(samples.ToFloats(), ShapeOf(spec), (int)Math.Ceiling(Math.Sqrt(count)));
    }

    /// <summary>
    /// Draws completions of the first examples of a data set by a model conditioned on quadrants. Each row has the observed quadrants
    /// (the rest grey), draws from p(x|c), and the original.
    /// </summary>
    /// <param name="model">A model of images, conditioned on quadrants.</param>
    /// <param name="data">Data set of the examples.</param>
    /// <param name="binarization">The binarization used in training.</param>
    /// <param name="rows">Number of examples; ≥ 1.</param>
    /// <param name="draws">Number of draws per example; ≥ 1.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <returns>The picture.</returns>
    /// <exception cref="VaeException">The model's examples cannot be drawn, or its condition is not quadrants.</exception>
    public static Picture Completions(VaeModel model, Dataset data, Binarization binarization, int rows, int draws, ulong seed)
    {
        Check(model.Spec, Math.Min(rows, draws));
        if (!Conditions.ShowsInput(model.Spec.Condition))
            throw new VaeException("model.condition: must be quadrants of the image for completions, got another");
        using var scope = NewDisposeScope();
        using var inference = inference_mode(true);
        using var batches = new BatchSource(data, model.Spec.Condition, binarization, rows, seed, model.Device);
        var (x, condition) = batches.At(0, Purpose.EvaluateBinarize, 0);
        var hidden = Conditions.Observed(model.Spec.Condition, model.Spec.Input).ToArray();
        var grey = Array.ConvertAll(hidden, seen => (float)(1 - seen) / 2).ToTensor(model.Device, [1, .. x.shape[1..]]);
        var drawn = Enumerable.Range(0, draws).Select(i => model.Sample((int)x.shape[0], seed + (ulong)i, condition));
        Tensor[] columns = [condition!.view(x.shape).add(grey, Scalars.One), .. drawn, x];
        return Pictures.Grid(stack(columns, 1).ToFloats(), model.Spec.Input, columns.Length);
    }

    /// <summary>Whether samples need conditions from a data set or the caller.</summary>
    /// <param name="condition">The condition of a model.</param>
    /// <returns>False for no condition and for a single label.</returns>
    public static bool NeedsData(Condition condition) => condition is Condition.Labels or Condition.Vector or Condition.Quadrants;

    /// <summary>Draws reconstructions of the first examples of a data set below their originals.</summary>
    /// <param name="model">A model of images.</param>
    /// <param name="data">Data set of the examples.</param>
    /// <param name="binarization">The binarization used in training.</param>
    /// <param name="count">Number of examples; ≥ 1.</param>
    /// <param name="seed">Seed of the binarization.</param>
    /// <returns>The picture.</returns>
    /// <exception cref="VaeException">The model's examples cannot be drawn, or the count is below 1.</exception>
    public static Picture Reconstructions(VaeModel model, Dataset data, Binarization binarization, int count, ulong seed)
    {
        Check(model.Spec, count);
        using var scope = NewDisposeScope();
        using var inference = inference_mode(true);
        using var batches = new BatchSource(data, model.Spec.Condition, binarization, count, seed, model.Device);
        var (x, condition) = batches.At(0, Purpose.EvaluateBinarize, 0);
        var shape = ShapeOf(model.Spec);
        return Pictures.Pairs(
            x.narrow(1, 0, shape.Channels).ToFloats(), model.Reconstruct(x, condition).ToFloats(), shape, Math.Min(10, batches.Batch));
    }

    /// <summary>Draws the first examples of a data set in a square grid.</summary>
    /// <param name="data">Images of 1 or 3 channels.</param>
    /// <param name="count">Maximum number of examples; ≥ 1.</param>
    /// <returns>The picture.</returns>
    /// <exception cref="VaeException">The examples are not such images, or the count is below 1.</exception>
    public static Picture Sheet(Dataset data, int count)
    {
        count = Math.Min(count, data.Count);
        if (!CanShow(data.Shape))
            throw new VaeException($"pictures: need images of 1 or 3 channels, got examples of shape {data.Shape}");
        VaeException.Require(count >= 1, "count", "must be at least 1", count);
        var values = new float[count * data.ItemSize];
        data.Pixels.CopyTo(0, values);
        return Pictures.Grid(values, data.Shape, (int)Math.Ceiling(Math.Sqrt(count)));
    }

    /// <summary>Whether examples of a shape can be drawn: images of 1 or 3 channels.</summary>
    /// <param name="shape">Shape of one example.</param>
    public static bool CanShow(Shape shape) => shape.IsImage && shape.Channels is 1 or 3;

    /// <summary>Whether a model's examples can be drawn: images of 1 or 3 channels with intensities, not values such as counts.</summary>
    /// <param name="spec">Spec of the model.</param>
    public static bool CanShow(VaeSpec spec) => CanShow(ShapeOf(spec)) && !spec.Likelihood.Formulas().TakesNumbers;

    /// <summary>Shape of a decoded example: the model's input without its mask.</summary>
    internal static Shape ShapeOf(VaeSpec spec) => Likelihoods.MeanShape(spec.Likelihood, spec.Input);

    /// <summary>Throws, with the reason, if a model's examples cannot be drawn.</summary>
    /// <exception cref="VaeException">The examples are not images of 1 or 3 channels with intensities.</exception>
    internal static void Require(VaeSpec spec)
    {
        if (!CanShow(spec))
            throw new VaeException(
                $"pictures: need images of 1 or 3 channels with intensities in [0, 1], got examples of shape {ShapeOf(spec)}"
                + (spec.Likelihood.Formulas().TakesNumbers
                    ? $" with the likelihood {Likelihoods.Name(spec.Likelihood)}, of raw values" : ""));
    }

    private static Tensor? ConditionOf(VaeSpec spec, Device device, int count, int label, Dataset? like)
    {
        if (label >= 0 && spec.Condition is not Condition.Label)
            throw new VaeException($"label: must be left out for a model whose condition is not a label, got {label}");
        if (spec.Condition is Condition.Label l)
            return ConditionRows
                .OneHot(Enumerable.Range(0, count).Select(i => label < 0 ? i % l.Classes : label).ToArray(), l.Classes, "label")
                .ToTensor(device, count, l.Classes);
        if (spec.Condition is Condition.None)
            return null;
        if (like is null)
            throw new VaeException("condition: must be given, by examples that have it or as an argument of VaeModel.Sample, got none");
        using var batches = new BatchSource(like, spec.Condition, Binarizations.None, count, 0, device);
        return batches.At(0, Purpose.EvaluateBinarize, 0).Condition?.clone();
    }

    private static void Check(VaeSpec spec, int count)
    {
        Require(spec);
        if (count < 1)
            throw new VaeException($"count: must be at least 1, got {count}");
    }
}
