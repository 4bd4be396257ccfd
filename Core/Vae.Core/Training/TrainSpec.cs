namespace Vae;

/// <summary>How a model is trained: together with the data, everything that determines the weights.</summary>
/// <param name="Epochs">Passes over the training set; ≥ 1.</param>
/// <param name="Batch">Examples per step; ≥ 1. An incomplete last batch is used too.</param>
/// <param name="Seed">The seed of all noise, which is a function of (seed, step, purpose).</param>
/// <param name="Optimizer">How a gradient becomes a step.</param>
/// <param name="LearningRate">The learning rate by epoch; ≥ 0.</param>
/// <param name="Clipping">How large gradients are handled.</param>
/// <param name="Averaging">Whether the saved weights are an average over training.</param>
/// <param name="Stopping">When the run ends early.</param>
public sealed partial record TrainSpec(
    int Epochs, int Batch, ulong Seed, Optimizer Optimizer, Schedule LearningRate, Clipping Clipping, Averaging Averaging,
    Stopping Stopping)
{
    internal ValueList<Problem> Problems(string path) => [
        .. Rules.AtLeast($"{path}.epochs", Epochs, 1),
        .. Rules.AtLeast($"{path}.batch", Batch, 1),
        .. LearningRate.Problems($"{path}.learningRate"),
        .. Optimizer.Problems($"{path}.optimizer"),
        .. Clipping.Problems($"{path}.clipping"),
        .. Averaging.Problems($"{path}.averaging"),
        .. Stopping.Problems($"{path}.stopping")];
}
