namespace Vae.Torch;

/// <summary>Checks the validation and test sets, which a run reads only after an epoch or at its end.</summary>
internal static class Parts
{
    /// <summary>The problems of the validation and test sets; empty if there are none.</summary>
    public static IEnumerable<Problem> Problems(Experiment experiment, DataSplit data) => [
        .. Missing("data.test", data.Test, "must have at least one example"),
        .. experiment.Train.Stopping is not Stopping.Never
            ? Missing("data.validation", data.Validation, "must have at least one example for early stopping") : [],
        .. Fit("data.validation", experiment, data.Validation, data.Train),
        .. Fit("data.test", experiment, data.Test, data.Train)];

    private static IEnumerable<Problem> Missing(string path, Dataset part, string rule)
    {
        if (part.Count == 0)
            yield return new(path, rule, "none");
    }

    // Compared with the training set, which is checked against the model elsewhere: a problem of all parts is reported once.
    private static IEnumerable<Problem> Fit(string path, Experiment experiment, Dataset part, Dataset train)
    {
        if (part.Shape != train.Shape)
            yield return new(path, $"must have the shape {train.Shape} of the training examples", $"{part.Shape}");
        if (experiment.Model.Condition is Condition.Label && part.Classes.Count != train.Classes.Count)
            yield return new(
                path, $"must have labels of the training examples' {train.Classes.Count} classes", $"{part.Classes.Count} classes");
        foreach (var problem in Values(experiment, part).Except(Values(experiment, train)))
            yield return problem.With(path: path, rule: $"{problem.Rule}, as the training examples are");
    }

    private static ValueList<Problem> Values(Experiment experiment, Dataset part) => part.Count == 0 ? []
        : experiment.Model.Likelihood.Formulas().Problems(Binarizations.Facts(experiment.Data.Binarization, part.Facts()), "");
}
