namespace Vae;

/// <summary>How a model is trained: everything that, with the data, determines the weights.</summary>
/// <param name="Epochs">Passes over the training set; ≥ 1.</param>
/// <param name="Batch">Examples per step; ≥ 1. A last incomplete batch is trained on too.</param>
/// <param name="Seed">All noise is a function of (seed, step, purpose).</param>
/// <param name="Optimizer">How a gradient becomes a step.</param>
/// <param name="LearningRate">Over epochs; ≥ 0.</param>
/// <param name="Clipping">How a large gradient is treated.</param>
/// <param name="Averaging">Whether the weights that are kept are an average.</param>
/// <param name="Stopping">When the run ends early.</param>
/// <param name="Initialization">The weights before training; LeCun's by default.</param>
public sealed partial record TrainSpec(
    int Epochs, int Batch, ulong Seed, Optimizer Optimizer, Schedule LearningRate, Clipping Clipping, Averaging Averaging, Stopping Stopping,
    Initialization? Initialization = null)
{
    /// <summary>The weights before training.</summary>
    public Initialization Initialization { get; init; } = Initialization ?? Initializations.LeCun;

    internal ValueList<Problem> Problems(string path) => [
        .. Rules.AtLeast($"{path}.epochs", Epochs, 1),
        .. Rules.AtLeast($"{path}.batch", Batch, 1),
        .. LearningRate.Problems($"{path}.learningRate"),
        .. Optimizer.Problems($"{path}.optimizer"),
        .. Clipping.Problems($"{path}.clipping"),
        .. Averaging.Problems($"{path}.averaging"),
        .. Stopping.Problems($"{path}.stopping")];
}
