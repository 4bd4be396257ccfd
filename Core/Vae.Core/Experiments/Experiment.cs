namespace Vae;

/// <summary>A whole run as one value: model, objective, data and training; the contents of <c>experiment.json</c>.</summary>
public sealed partial record Experiment(VaeSpec Model, Objective Objective, DataSpec Data, TrainSpec Train);
