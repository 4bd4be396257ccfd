namespace Vae;

/// <summary>Validation: finds every problem of a spec at once, before tensors are allocated.</summary>
public static class Specs
{
    /// <summary>Every problem of a run.</summary>
    /// <param name="experiment">Any run.</param>
    /// <returns>The problems, each with its path, the rule that is broken and the value; empty for a run that can be trained.</returns>
    /// <example>
    /// <code>
    /// foreach (var problem in Specs.Problems(run))
    ///     Console.Error.WriteLine(problem); // model.latent: must be at least 1, got 0
    /// </code>
    /// </example>
    public static ValueList<Problem> Problems(Experiment experiment)
    {
        var objective = ObjectiveProblems.Find(experiment.Objective, "objective");
        var model = Problems(experiment.Model, "model");
        var together = Together(experiment);
        // The end of the warm-up is only defined for a schedule in range.
        var fit = objective.Count > 0 || model.Count > 0 || together.Count > 0 ? []
            : ObjectiveProblems.Together(experiment.Objective, experiment.Model, experiment.Train, "objective");
        var isWhole = objective.Count == 0 && model.Count == 0 && together.Count == 0 && fit.Count == 0;
        return [
            .. model, .. objective, .. experiment.Data.Problems("data"), .. experiment.Train.Problems("train"),
            .. objective.Count > 0 ? [] : WarmUp(experiment), .. Validation(experiment), .. together, .. fit,
            .. isWhole ? Sharding.Problems(experiment) : []];
    }

    /// <summary>Every problem of a run with its data.</summary>
    /// <param name="experiment">Any run.</param>
    /// <param name="data">Facts of the data that it names.</param>
    public static ValueList<Problem> Problems(Experiment experiment, DataFacts data) =>
        [.. Problems(experiment), .. Fit(experiment, data)];

    /// <summary>Every problem of a model: its settings, and the shapes inferred through each layer.</summary>
    /// <param name="spec">Any model.</param>
    /// <param name="path">The path that problems begin with.</param>
    public static ValueList<Problem> Problems(VaeSpec spec, string path = "model") => ModelProblems.Find(spec, path);

    /// <summary>
    /// What looks unintended in a run without problems, a sentence each: how the values of a file are taken, columns that networks
    /// cannot learn from as they are, a likelihood that makes the model very large. Empty if nothing does. A change is named as
    /// <c>path=value</c>.
    /// </summary>
    /// <param name="experiment">A run without problems.</param>
    /// <param name="data">Facts of the data that it names.</param>
    public static ValueList<string> Remarks(Experiment experiment, DataFacts data) =>
        [.. ValueRemarks.Find(experiment, data), .. ScaleRemarks.Find(experiment, data), .. SizeRemarks.Find(experiment.Model)];

    private static ValueList<Problem> Together(Experiment experiment)
    {
        var model = experiment.Model;
        var objective = experiment.Objective.Formulas();
        return [
            .. Rules.If(objective.NeedsDensity && !Posteriors.HasDensity(model.Posterior), "objective",
                $"must be reconstruction, wae, rae or aae with the posterior {Posteriors.Name(model.Posterior)}, "
                + "which has no density and so no divergence from a prior", objective.Name),
            .. Rules.If(!objective.TrainsPrior && Priors.IsLearned(model.Prior), "objective",
                $"must have a KL term to train the prior ({Priors.Name(model.Prior)})", objective.Name)];
    }

    private static ValueList<Problem> WarmUp(Experiment experiment)
    {
        var warmUp = Objectives.Settled(experiment.Objective);
        var epochs = experiment.Train.Epochs;
        return Rules.If(double.IsFinite(warmUp) && warmUp > epochs, "objective.beta", $"must settle within the run's {epochs} epochs",
            FormattableString.Invariant($"{warmUp} epochs"));
    }

    private static ValueList<Problem> Validation(Experiment experiment) =>
        Rules.If(experiment.Train.Stopping is not Stopping.Never && experiment.Data.Validation == 0, "train.stopping",
            "needs a validation part of the data (data.validation greater than 0)",
            $"{(experiment.Train.Stopping is Stopping.Plateau ? "plateau" : "patience")} with no validation set");

    private static ValueList<Problem> Fit(Experiment experiment, DataFacts data)
    {
        var model = experiment.Model;
        var (given, masked) = (Binarizations.Facts(experiment.Data.Binarization, data), model.Likelihood.Formulas().TakesMask);
        return [
            .. Rules.If(model.Input != data.Shape, "model.input", $"must be the data's shape {data.Shape}", model.Input),
            .. Rules.If(data.Count < 1, "data", "must have at least one training example", data.Count),
            .. Rules.If(masked != data.IsMasked, "model.likelihood",
                masked ? "masked needs data with a mask of observed values (data.masked)"
                : "must be masked with data that has a mask of observed values", Likelihoods.Name(model.Likelihood)),
            .. model.Likelihood.Formulas().Problems(given, "model.likelihood"),
            .. model.Condition.Problems(data, "model.condition"),
            .. experiment.Objective is IObjectiveCase own ? own.Problems(data, "objective") : []];
    }
}
