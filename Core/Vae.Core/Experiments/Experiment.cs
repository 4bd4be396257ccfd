namespace Vae;

/// <summary>A whole run as one value: model × objective × data × training. What <c>experiment.json</c> holds.</summary>
[TypeFormatterSource(typeof(SpecFormatters))]
public sealed record Experiment(VaeSpec Model, Objective Objective, DataSpec Data, TrainSpec Train)
{
    /// <summary>The same with other parts.</summary>
    public Experiment With(VaeSpec? model = null, Objective? objective = null, DataSpec? data = null, TrainSpec? train = null) =>
        new(model ?? Model, objective ?? Objective, data ?? Data, train ?? Train);
}
