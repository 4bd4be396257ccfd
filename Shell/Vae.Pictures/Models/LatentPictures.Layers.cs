using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

// Pictures of stochastic layers.
public static partial class LatentPictures
{
    /// <summary>
    /// Draws one row per stochastic layer for each example, from the top layer down: the example, then decodings of its code in which
    /// this layer and those above are kept and those below are drawn again from the prior. The last row repeats the reconstruction.
    /// </summary>
    /// <param name="model">A model of images with several stochastic layers.</param>
    /// <param name="data">The examples; all are drawn.</param>
    /// <param name="binarization">The binarization used in training.</param>
    /// <param name="columns">Number of draws; ≥ 1.</param>
    /// <param name="seed">Seed of the draws; all rows have the same noise.</param>
    /// <returns>The picture.</returns>
    /// <exception cref="VaeException">The examples cannot be drawn, or the model is not hierarchical.</exception>
    public static Picture StochasticLayers(VaeModel model, Dataset data, Binarization binarization, int columns = 10, ulong seed = 0)
    {
        Check(model, "columns", columns, 1);
        var layers = model.Spec.Prior is Prior.Hierarchical prior ? Hierarchies.Latents(prior.Hierarchy).Count
            : throw new VaeException($"model.prior: must be hierarchical for a picture of its layers, got {Priors.Name(model.Spec.Prior)}");
        var codes = new Evaluator(model, data, binarization).Encode().Means.ToArray().Chunk(model.Spec.Latent).ToArray();
        float[] values = [
            .. from example in Enumerable.Range(0, data.Count)
               let original = Values(model, data.Take([example]))
               from kept in Enumerable.Range(1, layers)
               from value in (float[])[
                   .. original,
                   .. Redrawn(model, codes[example], kept, (columns, seed), LabelOf(model, data, example))]
               select value];
        var names = Enumerable.Range(1, layers).Select(kept => kept == layers ? "all kept" : $"top {kept} kept");
        return Pictures.Grid(values, RunPictures.ShapeOf(model.Spec), columns + 1,
            rowNames: ValueList.From(Enumerable.Repeat(names, data.Count).SelectMany(name => name)));
    }

    private static float[] Redrawn(VaeModel model, double[] code, int kept, (int Count, ulong Seed) draws, int label)
    {
        using var scope = NewDisposeScope();
        using var inference = inference_mode(true);
        var z = Array.ConvertAll(code, value => (float)value)
            .ToTensor(model.Device, 1, code.Length).to(model.Weights.Flat.dtype).expand(draws.Count, -1);
        var condition = Rows(model, draws.Count, label);
        return model.DecodeMean(model.Redraw(z, kept, draws.Seed, condition), condition).ToFloats();
    }
}
