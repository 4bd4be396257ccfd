namespace Vae;

/// <summary>The problems of an objective, by itself and with a model.</summary>
internal static class ObjectiveProblems
{
    public static ValueList<Problem> Find(Objective objective, string path) =>
        objective is Objective.Custom custom ? ObjectiveTrials.Run(custom.Definition, path) : objective.Formulas().Problems(path);

    /// <summary>
    /// The problems of an objective with a model, both without problems of their own, and of the shapes in the objective's own
    /// network.
    /// </summary>
    public static ValueList<Problem> Together(Objective objective, VaeSpec model, TrainSpec train, string path)
    {
        var formulas = objective.Formulas();
        var own = formulas.Problems(model, path);
        return own.Count > 0 ? own : ValueList.From(
            formulas.Auxiliaries(model, train).SelectMany(auxiliary => Network(auxiliary, $"{path}.{auxiliary.Path}")));
    }

    private static ValueList<Problem> Network(Auxiliary auxiliary, string path)
    {
        var problems = ModelProblems.Network(auxiliary.Network, auxiliary.Input, Shape.Vector(auxiliary.Outputs), path);
        return problems.Count > 0 ? problems
            : Rules.If(Parameters.Count(Parameters.List(auxiliary)) > Rules.MaxValues, path,
                $"must have at most {Rules.MaxValues} parameters", "more");
    }
}
