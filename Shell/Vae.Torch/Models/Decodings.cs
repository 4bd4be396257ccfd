using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>Decodes codes and reconstructs examples in batches, conditioned on what the examples have.</summary>
internal static class Decodings
{
    private const int Batch = BatchSource.EvaluatedAtOnce;

    /// <summary>
    /// E[x|z, c] of codes [N, D], flat, each conditioned on one of N examples, which a model without a condition does not need.
    /// </summary>
    /// <exception cref="VaeException">The model has a condition, and there is not one example for each code.</exception>
    public static float[] Decode(VaeModel model, NdArray codes, Dataset? like, Binarization binarization)
    {
        using var inference = inference_mode(true);
        int count = codes.Dims[0], size = codes.Dims[1];
        var values = codes.ToArray();
        var decoded = new List<float>();
        using var source = Source(model, count, like, binarization);
        for (var start = 0; start < count; start += Batch)
        {
            using var scope = NewDisposeScope();
            var rows = Math.Min(Batch, count - start);
            var z = Array.ConvertAll(values[(start * size)..((start + rows) * size)], value => (float)value)
                .ToTensor(model.Device, rows, size).to(model.Weights.Flat.dtype);
            var condition = source?.At(start / Batch, Purpose.EvaluateBinarize, start / Batch).Condition;
            decoded.AddRange(model.DecodeMean(z, condition).ToFloats());
        }
        return [.. decoded];
    }

    /// <summary>Examples as the model takes them, after binarization, and their reconstructions; [N, ...], flat.</summary>
    public static (float[] Originals, float[] Reconstructions) Reconstructed(VaeModel model, Dataset data, Binarization binarization)
    {
        using var inference = inference_mode(true);
        using var source = new BatchSource(data, model.Spec.Condition, binarization, Batch, 0, model.Device);
        List<float> originals = [], reconstructions = [];
        source.Each((x, condition, _) =>
        {
            originals.AddRange(x.ToFloats());
            reconstructions.AddRange(model.Reconstruct(x, condition).ToFloats());
        });
        return ([.. originals], [.. reconstructions]);
    }

    /// <summary>Repeats each example: the first <paramref name="times"/> times, then the second, and so on.</summary>
    public static Dataset Repeated(Dataset data, int times) =>
        data.Take([.. Enumerable.Range(0, data.Count * times).Select(i => i / times)]);

    private static BatchSource? Source(VaeModel model, int count, Dataset? like, Binarization binarization)
    {
        if (model.Spec.Condition is Condition.None)
            return null;
        if (like is null || like.Count != count)
            throw new VaeException(
                $"condition: must be given by an example for each of {count} codes, got {(like is null ? "none" : like.Count)}");
        return new(like, model.Spec.Condition, binarization, Batch, 0, model.Device);
    }
}
