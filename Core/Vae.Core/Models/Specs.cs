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
                $"must be reconstruction with the posterior {Posteriors.Name(model.Posterior)}, which has no density and so no divergence from a prior", objective.Name),
            .. Rules.If(!objective.TrainsPrior && model.Prior is Vae.Prior.Conditional, "objective",
                "must have a divergence to train a conditional prior by", objective.Name)];
    }

    private static ValueList<Problem> Data(DataSpec data, string path) => [
        .. Rules.If(string.IsNullOrWhiteSpace(data.Source), $"{path}.source", "must name a data set or a path", "nothing"),
        .. Rules.Within($"{path}.validation", data.Validation, 0, 1, closedHigh: false),
        .. Rules.AtLeast($"{path}.limit", data.Limit, 0),
        .. data.Binarization.Match(
            none: _ => [],
            threshold: t => Rules.Within($"{path}.binarization.at", t.At, 0, 1, closedHigh: false),
            stochastic: _ => ValueList.From<Problem>([]))];

    private static ValueList<Problem> Train(TrainSpec train, string path) => [
        .. Rules.AtLeast($"{path}.epochs", train.Epochs, 1),
        .. Rules.AtLeast($"{path}.batch", train.Batch, 1),
        .. Schedule(train.LearningRate, $"{path}.learningRate"),
        .. Optimizer(train.Optimizer, $"{path}.optimizer"),
        .. train.Clipping.Match(none: _ => [], norm: n => Rules.Positive($"{path}.clipping.max", n.Max)),
        .. train.Averaging.Match(none: _ => [], exponential: e => Rules.Within($"{path}.averaging.decay", e.Decay, 0, 1, false, false)),
        .. train.Stopping.Match(never: _ => [], patience: p => Rules.AtLeast($"{path}.stopping.epochs", p.Epochs, 1))];

    internal static ValueList<Problem> Optimizer(Optimizer optimizer, string path) => optimizer.Match(
        adam: a => Moments(a.Beta1, a.Beta2, a.Epsilon, path),
        adamW: a => [.. Rules.AtLeast($"{path}.decay", a.Decay, 0), .. Moments(a.Beta1, a.Beta2, a.Epsilon, path)],
        sgd: s => Rules.Within($"{path}.momentum", s.Momentum, 0, 1, closedHigh: false));

    private static ValueList<Problem> Moments(double beta1, double beta2, double epsilon, string path) => [
        .. Rules.Within($"{path}.beta1", beta1, 0, 1, closedHigh: false),
        .. Rules.Within($"{path}.beta2", beta2, 0, 1, closedHigh: false),
        .. Rules.Positive($"{path}.epsilon", epsilon)];

    internal static ValueList<Problem> Schedule(Schedule schedule, string path)
    {
        var nesting = Rules.Nesting(path, [schedule], s => s is Vae.Schedule.Then then ? [then.First, then.Next] : []);
        return nesting.Count > 0 ? nesting : Numbers(schedule, path);
    }

    private static ValueList<Problem> Numbers(Schedule schedule, string path) => schedule.Match(
        constant: s => Rules.AtLeast($"{path}.value", s.Value, 0),
        linear: s => Ramp(s.From, s.To, s.Epochs, path),
        cosine: s => Ramp(s.From, s.To, s.Epochs, path),
        cyclical: s => [.. Ends(s.From, s.To, path), .. Rules.Positive($"{path}.period", s.Period), .. Rules.Within($"{path}.ramp", s.Ramp, 0, 1, closedLow: false)],
        sigmoid: s => [.. Ramp(s.From, s.To, s.Epochs, path), .. Rules.Positive($"{path}.steepness", s.Steepness)],
        then: s => ValueList.From([
            .. Numbers(s.First, $"{path}.first"), .. Rules.Positive($"{path}.epochs", s.Epochs), .. Numbers(s.Next, $"{path}.next")]));

    private static ValueList<Problem> Ramp(double from, double to, double epochs, string path) =>
        [.. Ends(from, to, path), .. Rules.Positive($"{path}.epochs", epochs)];

    private static ValueList<Problem> Ends(double from, double to, string path) =>
        [.. Rules.AtLeast($"{path}.from", from, 0), .. Rules.AtLeast($"{path}.to", to, 0)];

    private static ValueList<Problem> WarmUp(Experiment experiment)
    {
        var warmUp = Objectives.Settled(experiment.Objective);
        var epochs = experiment.Train.Epochs;
        return Rules.If(double.IsFinite(warmUp) && warmUp > epochs, "objective.beta", $"must settle within the run's {epochs} epochs",
            FormattableString.Invariant($"{warmUp} epochs"));
    }

    private static ValueList<Problem> Validation(Experiment experiment) =>
        Rules.If(experiment.Train.Stopping is Stopping.Patience && experiment.Data.Validation == 0, "train.stopping",
            "needs a validation part of the data (data.validation greater than 0)", "patience with no validation set");

    private static ValueList<Problem> Fit(Experiment experiment, DataFacts data)
    {
        var model = experiment.Model;
        var given = data.With(isBinary: data.IsBinary || experiment.Data.Binarization is not Binarization.None);
        return [
            .. Rules.If(model.Input != data.Shape, "model.input", $"must be the data's shape {data.Shape}", model.Input),
            .. Rules.If(data.Count < 1, "data", "must have at least one training example", data.Count),
            .. Likelihoods.Meaning(model.Likelihood).Problems(given, "model.likelihood"),
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
