namespace Vae;

/// <summary>Validation: every problem of a spec at once, before anything native is touched.</summary>
public static class Specs
{
    /// <summary>Every problem of a whole run.</summary>
    public static ValueList<Problem> Problems(Experiment experiment)
    {
        var objective = ObjectiveProblems.Of(experiment.Objective, "objective");
        var model = Problems(experiment.Model, "model");
        var together = Together(experiment);
        // When β settles can only be asked of a schedule in range.
        return [
            .. model, .. objective, .. Data(experiment.Data, "data"), .. Train(experiment.Train, "train"),
            .. objective.Count > 0 ? [] : WarmUp(experiment), .. Validation(experiment), .. together,
            .. objective.Count > 0 || model.Count > 0 || together.Count > 0 ? [] : ObjectiveProblems.Together(experiment.Objective, experiment.Model, experiment.Train, "objective")];
    }

    /// <summary>Every problem of a whole run with the data it is given.</summary>
    public static ValueList<Problem> Problems(Experiment experiment, DataFacts data) =>
        [.. Problems(experiment), .. Fit(experiment, data)];

    /// <summary>Every problem of a model: its numbers, and the shapes inferred through each layer.</summary>
    public static ValueList<Problem> Problems(VaeSpec spec, string path = "model") => ModelProblems.Of(spec, path);

    private static ValueList<Problem> Together(Experiment experiment)
    {
        var model = experiment.Model;
        var objective = Objectives.Meaning(experiment.Objective);
        return [
            .. Rules.If(objective.NeedsDensity && !Posteriors.HasDensity(model.Posterior), "objective",
                $"must be reconstruction, wae, rae or aae with the posterior {Posteriors.Name(model.Posterior)}, which has no density and so no divergence from a prior", objective.Name),
            .. Rules.If(!objective.TrainsPrior && Priors.IsLearned(model.Prior), "objective",
                $"must have a divergence to train the prior by ({Priors.Name(model.Prior)})", objective.Name)];
    }

    private static ValueList<Problem> Data(DataSpec data, string path) => [
        .. Rules.If(string.IsNullOrWhiteSpace(data.Source), $"{path}.source", "must name a data set or a path", "nothing"),
        .. Rules.Within($"{path}.validation", data.Validation, 0, 1, closedHigh: false),
        .. Rules.AtLeast($"{path}.limit", data.Limit, 0),
        .. data.Without.SelectMany((name, i) => Rules.If(
            string.IsNullOrWhiteSpace(name) || data.Without.Take(i).Contains(name), $"{path}.without[{i}]", "must be the name of a class, given once", $"'{name}'")),
        .. Rules.If(data.AsGiven && data.Binarization is not Binarization.None, $"{path}.binarization", "must be none where numbers are taken as they are", "another"),
        .. data.Binarization.Match(
            none: _ => [],
            threshold: t => Rules.Within($"{path}.binarization.at", t.At, 0, 1, closedHigh: false),
            stochastic: _ => ValueList.From<Problem>([]))];

    private static ValueList<Problem> Train(TrainSpec train, string path) => [
        .. Rules.AtLeast($"{path}.epochs", train.Epochs, 1),
        .. Rules.AtLeast($"{path}.batch", train.Batch, 1),
        .. ScheduleRules.Of(train.LearningRate, $"{path}.learningRate"),
        .. Optimizer(train.Optimizer, $"{path}.optimizer"),
        .. Clipping(train.Clipping, $"{path}.clipping"),
        .. train.Averaging.Match(none: _ => [], exponential: e => Rules.Within($"{path}.averaging.decay", e.Decay, 0, 1, false, false)),
        .. train.Stopping.Match(never: _ => [], patience: p => Rules.AtLeast($"{path}.stopping.epochs", p.Epochs, 1), plateau: p => [
            .. Rules.AtLeast($"{path}.stopping.epochs", p.Epochs, 1), .. Rules.AtLeast($"{path}.stopping.times", p.Times, 1),
            .. Rules.Within($"{path}.stopping.factor", p.Factor, 0, 1, closedLow: false, closedHigh: false)])];

    // One limit says it: of two the lower would hold.
    private static ValueList<Problem> Clipping(Clipping clipping, string path) => clipping.Match(
        none: _ => [],
        norm: n => Rules.Positive($"{path}.max", n.Max),
        skip: s => [
            .. Rules.Positive($"{path}.above", s.Above),
            .. s.Otherwise is Vae.Clipping.Skip ? Rules.If(true, $"{path}.otherwise", "must not skip again", "skip") : Clipping(s.Otherwise, $"{path}.otherwise")]);

    internal static ValueList<Problem> Optimizer(Optimizer optimizer, string path) => optimizer.Match(
        adam: a => Moments(a.Beta1, a.Beta2, a.Epsilon, path),
        adamW: a => [.. Rules.AtLeast($"{path}.decay", a.Decay, 0), .. Moments(a.Beta1, a.Beta2, a.Epsilon, path)],
        sgd: s => Rules.Within($"{path}.momentum", s.Momentum, 0, 1, closedHigh: false));

    private static ValueList<Problem> Moments(double beta1, double beta2, double epsilon, string path) => [
        .. Rules.Within($"{path}.beta1", beta1, 0, 1, closedHigh: false),
        .. Rules.Within($"{path}.beta2", beta2, 0, 1, closedHigh: false),
        .. Rules.Positive($"{path}.epsilon", epsilon)];

    private static ValueList<Problem> WarmUp(Experiment experiment)
    {
        var warmUp = Objectives.Settled(experiment.Objective);
        var epochs = experiment.Train.Epochs;
        return Rules.If(double.IsFinite(warmUp) && warmUp > epochs, "objective.beta", $"must settle within the run's {epochs} epochs",
            FormattableString.Invariant($"{warmUp} epochs"));
    }

    private static ValueList<Problem> Validation(Experiment experiment) =>
        Rules.If(experiment.Train.Stopping is not Stopping.Never && experiment.Data.Validation == 0, "train.stopping",
            "needs a validation part of the data (data.validation greater than 0)", $"{(experiment.Train.Stopping is Stopping.Plateau ? "plateau" : "patience")} with no validation set");

    private static ValueList<Problem> Fit(Experiment experiment, DataFacts data)
    {
        var model = experiment.Model;
        var (given, masked) = (Binarizations.Facts(experiment.Data.Binarization, data), model.Likelihood.Formulas().TakesMask);
        return [
            .. Rules.If(model.Input != data.Shape, "model.input", $"must be the data's shape {data.Shape}", model.Input),
            .. Rules.If(data.Count < 1, "data", "must have at least one training example", data.Count),
            .. Rules.If(masked != data.IsMasked, "model.likelihood",
                masked ? "masked needs data with a mask of known values (data.masked)" : "must be masked with data that has a mask of known values", Likelihoods.Name(model.Likelihood)),
            .. model.Likelihood.Formulas().Problems(given, "model.likelihood"),
            .. Given(model.Condition, data, "model.condition"),
            .. experiment.Objective is Objective.SemiSupervised m2 ? Rules.If(m2.Labelled > Math.Max(data.Count, 1), "objective.labelled",
                $"must be at most the {data.Count} training examples", m2.Labelled) : []];
    }

    private static ValueList<Problem> Given(Condition condition, DataFacts data, string path) => condition.Match(
        none: _ => [],
        label: l => Rules.If(data.Classes != l.Classes, $"{path}.classes",
            data.Classes == 0 ? "needs data with labels" : $"must be the data's {data.Classes} classes", l.Classes),
        labels: l => Given(l.Classes.Count, data, $"{path}.classes"),
        vector: v => Given(v.Width, data, $"{path}.width"),
        quadrants: _ => ValueList.From<Problem>([]));

    private static ValueList<Problem> Given(int width, DataFacts data, string path) => Rules.If(data.ConditionValues != width, path,
        data.ConditionValues == 0 ? "needs data with condition values (the key c of an .npz, or given with the data)" : $"must be the {data.ConditionValues} condition values of the data", width);
}
