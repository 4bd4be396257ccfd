using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>What the trainings of codes share.</summary>
internal static class CodeFits
{
    /// <summary>The training as that of a model is given.</summary>
    public static TrainSpec Spec(CodeTraining training, ulong seed) => new(
        training.Epochs, training.Batch, seed, training.Optimizer, training.LearningRate, Clippings.None, Averagings.None, Stoppings.Never);

    /// <summary>Codes with mean 0 and variance 1, [N, D], in the caller's scope, and what takes them back.</summary>
    public static (CodeScale Scale, Tensor Codes) Standardized(CodeSource source)
    {
        var codes = source.Codes();
        var scale = CodeScales.Fit(NdArray.FromValues(codes.ToDoubles(), (int)codes.shape[0], (int)codes.shape[1]));
        return (scale, CodeScales.Standardized<TorchTensor>(scale, codes));
    }

    /// <summary>Codes [N, D] as examples to train on, with the labels of theirs.</summary>
    public static Dataset Examples(CodeSource source, Tensor codes) => Dataset.OfPart(
        "codes", Shape.Vector(source.Latent), Pixels.OfFloats(codes.ToFloats()), source.Data.Labels, source.Data.Classes);

    /// <summary>Throws where training has broken what it trained.</summary>
    public static void ThrowUnlessFinite(Weights weights)
    {
        if (!weights.AreFinite)
            throw new VaeException("sampler.training: must lead to finite weights (try a lower learning rate), got a NaN or an infinity");
    }
}
