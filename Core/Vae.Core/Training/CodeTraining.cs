namespace Vae;

/// <summary>How a distribution of codes is trained.</summary>
/// <param name="Epochs">Passes over the codes; ≥ 1.</param>
/// <param name="Batch">Codes per step; ≥ 1.</param>
/// <param name="Optimizer">How a gradient becomes a step.</param>
/// <param name="LearningRate">The learning rate by epoch; ≥ 0.</param>
public sealed partial record CodeTraining(int Epochs, int Batch, Optimizer Optimizer, Schedule LearningRate)
{
    internal ValueList<Problem> Problems(string path) => [
        .. Rules.AtLeast($"{path}.epochs", Epochs, 1), .. Rules.AtLeast($"{path}.batch", Batch, 1),
        .. Optimizer.Problems($"{path}.optimizer"), .. LearningRate.Problems($"{path}.learningRate")];
}

/// <summary>Trainings of code distributions by name.</summary>
internal static class CodeTrainings
{
    /// <summary>
    /// Adam with a cosine decay of the learning rate to 0. Codes are small, so batches may be larger than those of a model.
    /// </summary>
    public static CodeTraining Adam(int epochs = 20, int batch = 128, double learningRate = 2e-3) =>
        new(epochs, batch, Optimizers.Adam(), Schedules.Cosine(learningRate, 0, epochs));
}
