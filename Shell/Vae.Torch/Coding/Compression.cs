using System.Security.Cryptography;
using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>
/// Lossless compression of discrete data by a model, whose −ELBO in bits is the expected size of an example; Townsend et al. 2019.
/// </summary>
/// <remarks>
/// Decompression repeats the passes of compression, so it needs the same model, and arithmetic that rounds alike: the same kind of
/// processor, version of this library, number of threads and matmul backend. Other arithmetic is noticed, not repaired.
/// </remarks>
public static class Compression
{
    /// <summary>Compresses rows.</summary>
    /// <param name="model">
    /// A model with a diagonal normal posterior, a normal prior, no condition, and a likelihood that gives a probability to each of
    /// finitely many values.
    /// </param>
    /// <param name="rows">Rows as the model takes them, [N, values]: binarized for a Bernoulli.</param>
    /// <param name="seed">Seed of the bits that the first codes are drawn with, which the file need not hold.</param>
    /// <returns>The content of a file.</returns>
    /// <exception cref="VaeException">The model cannot compress, or a value has no probability.</exception>
    public static byte[] Compress(this VaeModel model, float[,] rows, ulong seed = 0)
    {
        var coder = new BitsBack(model);
        VaeException.Require(rows.GetLength(1) == coder.Width, "rows", $"must have the {coder.Width} values of the model's input",
            rows.GetLength(1));
        var stack = new SymbolStack([], SymbolStack.Empty, depth => Supply(seed, depth));
        using var inference = inference_mode(true);
        for (var row = 0; row < rows.GetLength(0); row++)
            coder.Push(stack, coder.Symbols(rows, row));
        return new CompressedFile(ModelHash(model), rows.GetLength(0), seed, stack.Supplied, stack.State, [.. stack.Words]).ToBytes();
    }

    /// <summary>Restores the rows that <see cref="Compress"/> was given.</summary>
    /// <param name="model">The model that compressed them.</param>
    /// <param name="compressed">The content of the file.</param>
    /// <returns>[N, values].</returns>
    /// <exception cref="VaeException">
    /// The content is damaged or was compressed by another model, or the passes round differently here.
    /// </exception>
    public static float[,] Decompress(this VaeModel model, byte[] compressed)
    {
        var coder = new BitsBack(model);
        var file = CompressedFile.Parse(compressed);
        VaeException.Require(file.Model.SequenceEqual(ModelHash(model)), "compressed", "must be decompressed by the model that compressed it",
            "another model");
        var stack = new SymbolStack(file.Words, file.State);
        // Rows are found from the last to the first; how many there are is believed as far as they are found.
        var found = new List<float[]>();
        using var inference = inference_mode(true);
        while (found.Count < file.Count && !stack.IsExhausted)
            found.Add(coder.Values(coder.Pop(stack)));
        if (!IsAsBefore(stack, file))
            throw new VaeException("compressed: must be decompressed where passes of the model round as they did when it was compressed "
                + "(the same kind of processor, threads and matmul backend), got other values");
        var rows = new float[found.Count, coder.Width];
        for (var row = 0; row < found.Count; row++)
            RowBatches.Fill(rows, row, found[^(row + 1)]);
        return rows;
    }

    // What was borrowed from under the stack has been returned.
    private static bool IsAsBefore(SymbolStack stack, CompressedFile file) => !stack.IsExhausted && stack.State == SymbolStack.Empty
        && stack.Words.Reverse().Select((word, depth) => word == Supply(file.Seed, depth)).All(same => same)
        && stack.Words.Count == file.Supplied;

    private static uint Supply(ulong seed, int depth) => (uint)KeyedRandom.FromSeed(seed).Bits(depth);

    private static byte[] ModelHash(VaeModel model)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(System.Text.Encoding.UTF8.GetBytes(SpecJson.Write(model.Spec)));
        foreach (var parameter in model.Weights.Layout)
        {
            using var scope = NewDisposeScope();
            hash.AppendData(model.Weights[parameter.Name].detach().cpu().contiguous().bytes);
        }
        return hash.GetHashAndReset();
    }
}
