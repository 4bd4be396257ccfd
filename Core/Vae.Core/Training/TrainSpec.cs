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
/// <param name="Initialization">The weights before training; LeCun's by default.</param>
/// <param name="Shards">
/// Number of equal parts of consecutive examples whose gradients are computed apart and added in a fixed order, 1 … <see
/// cref="Batch"/>. Several processes divide the shards, and the result does not depend on how many do.
/// </param>
public sealed partial record TrainSpec(
    int Epochs, int Batch, ulong Seed, Optimizer Optimizer, Schedule LearningRate, Clipping Clipping, Averaging Averaging,
    Stopping Stopping, Initialization? Initialization = null, int Shards = 1)
{
    /// <summary>The weights before training.</summary>
    public Initialization Initialization { get; init; } = Initialization ?? Initializations.LeCun;

    internal ValueList<Problem> Problems(string path) => [
        .. Rules.AtLeast($"{path}.epochs", Epochs, 1),
        .. Rules.AtLeast($"{path}.batch", Batch, 1),
        .. Rules.AtLeast($"{path}.shards", Shards, 1),
        .. Rules.If(Shards > Math.Max(Batch, 1), $"{path}.shards", $"must be at most the {Batch} examples of a batch", Shards),
        .. LearningRate.Problems($"{path}.learningRate"),
        .. Optimizer.Problems($"{path}.optimizer"),
        .. Clipping.Problems($"{path}.clipping"),
        .. Averaging.Problems($"{path}.averaging"),
        .. Stopping.Problems($"{path}.stopping"),
        .. Initialization.Weights.Problems($"{path}.initialization.weights")];
}
