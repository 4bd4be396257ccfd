using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>Codes and pictures of many examples, in batches, with the conditions that the examples have.</summary>
internal static class Decodings
{
    private const int Batch = BatchSource.EvaluatedAtOnce;

    /// <summary>E[x|z, c] of codes [N, D] with the condition of an example each, flat; the examples may be left out for a model without a condition.</summary>
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
            var z = Array.ConvertAll(values[(start * size)..((start + rows) * size)], value => (float)value).ToTensor(model.Device, rows, size).to(model.Weights.Flat.dtype);
            decoded.AddRange(model.DecodeMean(z, source?.At(start / Batch, Purpose.EvaluateBinarize, start / Batch).Condition).ToFloats());
        }
        return [.. decoded];
    }

    /// <summary>Examples as a model sees them, binarized if it is so, and their reconstructions; [N, ...] flat.</summary>
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

    /// <summary>The same example for each of so many codes, in turn: example 0 × times, example 1 × times, ...</summary>
    public static Dataset Repeated(Dataset data, int times) => data.Take([.. Enumerable.Range(0, data.Count * times).Select(i => i / times)]);

    private static BatchSource? Source(VaeModel model, int count, Dataset? like, Binarization binarization)
    {
        if (model.Spec.Condition is Condition.None)
            return null;
        if (like is null || like.Count != count)
            throw new VaeException($"condition: must be given by an example for each of {count} codes, got {(like is null ? "none" : like.Count)}");
        return new(like, model.Spec.Condition, binarization, Batch, 0, model.Device);
    }
}
