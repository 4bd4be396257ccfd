namespace Vae;

/// <summary>A whole run as one value: model × objective × data × training. What <c>experiment.json</c> holds.</summary>
public sealed partial record Experiment(VaeSpec Model, Objective Objective, DataSpec Data, TrainSpec Train);
