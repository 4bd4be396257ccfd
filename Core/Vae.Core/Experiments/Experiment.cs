namespace Vae;

/// <summary>A whole run as one value: model, objective, data and training; the contents of <c>experiment.json</c>.</summary>
/// <param name="Model">What is trained.</param>
/// <param name="Objective">What training minimizes.</param>
/// <param name="Data">What the model is trained on.</param>
/// <param name="Train">How it is trained.</param>
public sealed partial record Experiment(VaeSpec Model, Objective Objective, DataSpec Data, TrainSpec Train);
