using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>Pictures of a trained model, as values.</summary>
public static class RunPictures
{
    /// <summary>Draws from the prior, decoded, in a square grid; for a conditional model of the class asked for, or each class in turn.</summary>
    /// <param name="model">Of images.</param>
    /// <param name="count">≥ 1.</param>
    /// <param name="seed">Of the draws.</param>
    /// <param name="label">The class, or −1 for each in turn.</param>
    public static Picture Samples(VaeModel model, int count, ulong seed, int label = -1)
    {
        Check(model.Spec.Input, count);
        using var scope = NewDisposeScope();
        using var inference = inference_mode(true);
        var samples = model.Sample(count, seed, Labels(model, count, label));
        return Pictures.Grid(samples.ToFloats(), model.Spec.Input, (int)Math.Ceiling(Math.Sqrt(count)));
    }

    /// <summary>Reconstructions under their originals, of the first examples of a data set.</summary>
    public static Picture Reconstructions(VaeModel model, Dataset data, Binarization binarization, int count, ulong seed)
    {
        Check(model.Spec.Input, count);
        using var scope = NewDisposeScope();
        using var inference = inference_mode(true);
        using var batches = new BatchSource(data, model.Spec.Condition, binarization, count, seed, model.Device);
        var (x, condition) = batches.At(0, Purpose.EvaluateBinarize, 0);
        return Pictures.Pairs(x.ToFloats(), model.Reconstruct(x, condition).ToFloats(), model.Spec.Input, Math.Min(10, batches.Batch));
    }

    /// <summary>The first examples of a data set in a square grid.</summary>
    public static Picture Sheet(Dataset data, int count)
    {
        count = Math.Min(count, data.Count);
        Check(data.Shape, count);
        var values = new float[count * data.ItemSize];
        data.Pixels.CopyTo(0, values);
        return Pictures.Grid(values, data.Shape, (int)Math.Ceiling(Math.Sqrt(count)));
    }

    /// <summary>Whether examples of a shape can be shown as pictures: grey or colour images.</summary>
    public static bool CanShow(Shape shape) => shape.IsImage && shape.Channels is 1 or 3;

    private static Tensor? Labels(VaeModel model, int count, int label) => model.Spec.Condition.Match<Tensor?>(
        none: _ => label < 0 ? null : throw new VaeException($"label: must be left out for a model without a condition, got {label}"),
        label: l => BatchSource.OneHot(Enumerable.Range(0, count).Select(i => label < 0 ? i % l.Classes : label).ToArray(), l.Classes, model.Device),
        vector: _ => throw new VaeException("condition: draws need the vectors to draw for; give them to VaeModel.Sample, got none"));

    private static void Check(Shape shape, int count)
    {
        if (!CanShow(shape))
            throw new VaeException($"pictures: need images of 1 or 3 channels, got examples of shape {shape}");
        if (count < 1)
            throw new VaeException($"count: must be at least 1, got {count}");
    }
}
