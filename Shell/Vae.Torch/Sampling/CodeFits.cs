namespace Vae.Torch;

/// <summary>What the trainings of codes share.</summary>
internal static class CodeFits
{
    /// <summary>The training as that of a model is given.</summary>
    public static TrainSpec Spec(CodeTraining training, ulong seed) => new(
        training.Epochs, training.Batch, seed, training.Optimizer, training.LearningRate, Clippings.None, Averagings.None, Stoppings.Never);

    /// <summary>Throws where training has broken what it trained.</summary>
    public static void ThrowUnlessFinite(Weights weights)
    {
        if (!weights.AreFinite)
            throw new VaeException("sampler.training: must lead to finite weights (try a lower learning rate), got a NaN or an infinity");
    }
}
