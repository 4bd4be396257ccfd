namespace Vae;

/// <summary>How a model is trained: everything that, with the data, decides the weights.</summary>
/// <param name="Epochs">Passes over the training set; ≥ 1.</param>
/// <param name="Batch">Examples a step; ≥ 1. A last incomplete batch is trained on too.</param>
/// <param name="Seed">All noise is a function of (seed, step, purpose).</param>
/// <param name="Optimizer">How a gradient becomes a step.</param>
/// <param name="LearningRate">Over epochs; ≥ 0.</param>
/// <param name="Clipping">What is done to a large gradient.</param>
/// <param name="Averaging">Whether the weights that are kept are an average.</param>
/// <param name="Stopping">When the run ends early.</param>
public sealed partial record TrainSpec(
    int Epochs, int Batch, ulong Seed, Optimizer Optimizer, Schedule LearningRate, Clipping Clipping, Averaging Averaging, Stopping Stopping);
