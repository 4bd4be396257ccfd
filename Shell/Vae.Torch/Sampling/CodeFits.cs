using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>What the samplers that train on codes share.</summary>
internal static class CodeFits
{
    /// <summary>The training of a sampler as a training spec.</summary>
    public static TrainSpec Spec(CodeTraining training, ulong seed) => new(
        training.Epochs, training.Batch, seed, training.Optimizer, training.LearningRate, Clippings.None, Averagings.None, Stoppings.Never);

    /// <summary>Codes scaled to mean 0 and variance 1, [N, D], in the caller's dispose scope, with the scale that inverts it.</summary>
    public static (CodeScale Scale, Tensor Codes) Standardized(CodeSource source)
    {
        var codes = source.Codes();
        var scale = CodeScales.Fit(NdArray.FromValues(codes.ToDoubles(), (int)codes.shape[0], (int)codes.shape[1]));
        return (scale, CodeScales.Standardized<TorchTensor>(scale, codes));
    }

    /// <summary>Codes [N, D] as a data set, with the labels of the encoded examples.</summary>
    public static Dataset Examples(CodeSource source, Tensor codes) => Dataset.OfPart(
        "codes", Shape.Vector(source.Latent), Pixels.OfFloats(codes.ToFloats()), source.Data.Labels, source.Data.Classes);

    /// <summary>Throws if training has diverged.</summary>
    /// <exception cref="VaeException">A weight is NaN or infinite.</exception>
    public static void ThrowUnlessFinite(Weights weights)
    {
        if (!weights.AreFinite)
            throw new VaeException("sampler.training: must give finite weights (try a lower learning rate), got a NaN or an infinity");
    }
}
