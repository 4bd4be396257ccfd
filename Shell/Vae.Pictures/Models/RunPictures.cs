using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>Pictures of a trained model, as values.</summary>
public static class RunPictures
{
    private const int SummaryDraws = 36;

    /// <summary>Draws from the prior, decoded, in a square grid; for a conditional model of the class asked for, or each class in turn.</summary>
    /// <param name="model">Of images.</param>
    /// <param name="count">≥ 1.</param>
    /// <param name="seed">Of the draws.</param>
    /// <param name="label">The class, or −1 for each in turn.</param>
    /// <param name="like">Where conditions that are no single label come from: its first examples.</param>
    public static Picture Samples(VaeModel model, int count, ulong seed, int label = -1, Dataset? like = null) =>
        Samples(model.Spec, model.Device, model.Sample, count, seed, label, like);

    /// <summary>The same of a sampler that was fitted to a model.</summary>
    public static Picture Samples(FittedSampler sampler, int count, ulong seed, int label = -1, Dataset? like = null) =>
        Samples(sampler.Model, sampler.Device, sampler.Sample, count, seed, label, like);

    /// <summary>Draws from the prior with the weights that a run has kept, as a PNG file for <see cref="TensorBoardLog"/>; null if its model cannot be shown or drawn from by itself.</summary>
    public static byte[]? Summary(RunFolder folder, Experiment experiment)
    {
        var spec = experiment.Model;
        if (!CanShow(spec.Input) || !Posteriors.HasDensity(spec.Posterior) || NeedsData(spec.Condition))
            return null;
        using var model = folder.LoadModel();
        return Samples(model, SummaryDraws, experiment.Train.Seed).ToPng();
    }

    private static Picture Samples(VaeSpec spec, Device device, Func<int, ulong, Tensor?, Tensor> sample, int count, ulong seed, int label, Dataset? like)
    {
        Check(spec, count);
        count = NeedsData(spec.Condition) && like is not null ? Math.Min(count, like.Count) : count;
        using var scope = NewDisposeScope();
        using var inference = inference_mode(true);
        var samples = sample(count, seed, ConditionOf(spec, device, count, label, like));
        return Pictures.Grid(samples.ToFloats(), ShapeOf(spec), (int)Math.Ceiling(Math.Sqrt(count)));
    }

    /// <summary>
    /// What a model makes of the quadrants that it is shown, for the first examples of a data set: a row for each with what is
    /// observed (the rest grey), draws from p(x|c), and the original.
    /// </summary>
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
        Tensor[] columns = [condition!.view(x.shape).add(grey, Scalars.One), .. Enumerable.Range(0, draws).Select(i => model.Sample((int)x.shape[0], seed + (ulong)i, condition)), x];
        return Pictures.Grid(stack(columns, 1).ToFloats(), model.Spec.Input, columns.Length);
    }

    /// <summary>Whether draws need conditions that only a data set or the caller can give.</summary>
    public static bool NeedsData(Condition condition) => condition is Condition.Labels or Condition.Vector or Condition.Quadrants;

    /// <summary>Reconstructions under their originals, of the first examples of a data set.</summary>
    public static Picture Reconstructions(VaeModel model, Dataset data, Binarization binarization, int count, ulong seed)
    {
        Check(model.Spec, count);
        using var scope = NewDisposeScope();
        using var inference = inference_mode(true);
        using var batches = new BatchSource(data, model.Spec.Condition, binarization, count, seed, model.Device);
        var (x, condition) = batches.At(0, Purpose.EvaluateBinarize, 0);
        return Pictures.Pairs(x.narrow(1, 0, ShapeOf(model.Spec).Channels).ToFloats(), model.Reconstruct(x, condition).ToFloats(), ShapeOf(model.Spec), Math.Min(10, batches.Batch));
    }

    /// <summary>The first examples of a data set in a square grid.</summary>
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

    /// <summary>Whether examples of a shape can be shown as pictures: grey or colour images.</summary>
    public static bool CanShow(Shape shape) => shape.IsImage && shape.Channels is 1 or 3;

    /// <summary>Whether what a model decodes can be shown: grey or colour images of intensities, and not numbers such as counts.</summary>
    public static bool CanShow(VaeSpec spec) => CanShow(ShapeOf(spec)) && !spec.Likelihood.Formulas().TakesNumbers;

    /// <summary>Of what a model decodes: its examples without their mask.</summary>
    internal static Shape ShapeOf(VaeSpec spec) => Likelihoods.MeanShape(spec.Likelihood, spec.Input);

    /// <summary>Throws, with the reason, where what a model decodes cannot be shown.</summary>
    internal static void Require(VaeSpec spec)
    {
        if (!CanShow(spec))
            throw new VaeException($"pictures: need images of 1 or 3 channels with intensities in [0, 1], got examples of shape {ShapeOf(spec)}"
                + (spec.Likelihood.Formulas().TakesNumbers ? $" with the likelihood {Likelihoods.Name(spec.Likelihood)}, of numbers as they are" : ""));
    }

    private static Tensor? ConditionOf(VaeSpec spec, Device device, int count, int label, Dataset? like)
    {
        if (label >= 0 && spec.Condition is not Condition.Label)
            throw new VaeException($"label: must be left out for a model whose condition is no label, got {label}");
        if (spec.Condition is Condition.Label l)
            return ConditionRows.OneHot(Enumerable.Range(0, count).Select(i => label < 0 ? i % l.Classes : label).ToArray(), l.Classes, "label")
                .ToTensor(device, count, l.Classes);
        if (spec.Condition is Condition.None)
            return null;
        if (like is null)
            throw new VaeException("condition: must be given, by examples that have it or to VaeModel.Sample, got none");
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
