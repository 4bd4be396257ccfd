namespace Vae;

/// <summary>What can be wrong with an objective, by itself and for a model.</summary>
internal static class ObjectiveProblems
{
    public static ValueList<Problem> Of(Objective objective, string path) => [
        .. objective.Match(
            elbo: e => [
                .. ScheduleRules.Of(e.Beta, $"{path}.beta"),
                .. e.Capacity.Match(unlimited: _ => [], target: c => ScheduleRules.Of(c.Nats, $"{path}.capacity.nats"), freeBits: _ => ValueList.From<Problem>([]))],
            importanceWeighted: _ => [], reconstruction: _ => [],
            regularized: r => ScheduleRules.Of(r.Beta, $"{path}.beta"),
            vaeGan: _ => [], semiSupervised: _ => [],
            custom: c => PartTrials.Of(c.Definition, path)),
        .. objective.Match(
            elbo: _ => [], importanceWeighted: _ => [], reconstruction: _ => [],
            regularized: r => ValueList.From(Regularizers.Meaning(r.Regularizer).Critics.SelectMany(critic => Of(critic, $"{path}.regularizer.critic"))),
            vaeGan: v => Of(v.Critic, $"{path}.critic"),
            semiSupervised: _ => [],
            custom: _ => ValueList.From<Problem>([])),
        .. objective is Objective.Custom ? [] : Objectives.Meaning(objective).Problems(path)];

    /// <summary>Of an objective and a model without problems: what each part says of the other, and the shapes through the objective's own network.</summary>
    public static ValueList<Problem> Together(Objective objective, VaeSpec model, TrainSpec train, string path)
    {
        var meaning = Objectives.Meaning(objective);
        ValueList<Problem> own = [
            .. meaning.Problems(model, path)];
        return own.Count > 0 ? own : ValueList.From(meaning.Auxiliaries(model, train).SelectMany(auxiliary => Network(auxiliary, $"{path}.{auxiliary.Path}")));
    }

    private static ValueList<Problem> Network(Auxiliary auxiliary, string path)
    {
        var problems = ModelProblems.Network(auxiliary.Network, auxiliary.Input, Shape.Vector(auxiliary.Outputs), path);
        return problems.Count > 0 ? problems
            : Rules.If(Parameters.Count(Parameters.Of(auxiliary)) > Rules.MostValues, path, $"must have at most {Rules.MostValues} parameters", "more");
    }

    private static ValueList<Problem> Of(Critic critic, string path) =>
        [.. Specs.Optimizer(critic.Optimizer, $"{path}.optimizer"), .. ScheduleRules.Of(critic.LearningRate, $"{path}.learningRate")];
}
