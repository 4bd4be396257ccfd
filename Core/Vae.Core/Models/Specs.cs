namespace Vae;

/// <summary>Validation: every problem of a spec at once, before anything native is touched.</summary>
public static class Specs
{
    /// <summary>Every problem of a whole run.</summary>
    public static ValueList<Problem> Problems(Experiment experiment)
    {
        var objective = Objective(experiment.Objective, "objective");
        // When β settles can only be asked of a schedule in range.
        return [
            .. Problems(experiment.Model, "model"), .. objective, .. Data(experiment.Data, "data"), .. Train(experiment.Train, "train"),
            .. objective.Count > 0 ? [] : WarmUp(experiment), .. Validation(experiment)];
    }

    /// <summary>Every problem of a whole run with the data it is given.</summary>
    public static ValueList<Problem> Problems(Experiment experiment, DataFacts data) =>
        [.. Problems(experiment), .. Fit(experiment, data)];

    /// <summary>Every problem of a model: its numbers, and the shapes inferred through each layer.</summary>
    public static ValueList<Problem> Problems(VaeSpec spec, string path = "model")
    {
        ValueList<Problem> sizes = [
            .. Rules.Shape($"{path}.input", spec.Input), .. Rules.Size($"{path}.latent", spec.Latent),
            .. Condition(spec.Condition, $"{path}.condition")];
        // Shapes can only be inferred from sizes that are in range; the layers' own numbers are checked all the same.
        ValueList<Problem> all = [
            .. sizes, .. Likelihood(spec.Likelihood, $"{path}.likelihood"),
            .. sizes.Count > 0
                ? Numbers(spec.Encoder, $"{path}.encoder").Append(Numbers(spec.Decoder, $"{path}.decoder"))
                : Flow(spec.Encoder, Wiring.EncoderInput(spec), Wiring.EncoderOutput(spec), $"{path}.encoder")
                    .Append(Flow(spec.Decoder, Wiring.DecoderInput(spec), Wiring.DecoderOutput(spec), $"{path}.decoder"))];
        return all.Count > 0 ? all : Rules.If(Parameters.Count(spec) > Rules.MostValues, path,
            $"must have at most {Rules.MostValues} parameters", Parameters.Count(spec));
    }

    private static ValueList<Problem> Numbers(Network network, string path) =>
        [.. Rules.Layers($"{path}.layers", network.Layers), .. Rules.Head($"{path}.head", network.Head)];

    private static ValueList<Problem> Flow(Network network, Shape input, Shape output, string path)
    {
        ValueList<Problem> ends = [.. Rules.Shape(path, input), .. Rules.Shape($"{path}.head", output)];
        if (ends.Count > 0)
            return [.. ends, .. Numbers(network, path)];
        var head = Rules.Head($"{path}.head", network.Head);
        return Shapes.Of(network.Layers, input, $"{path}.layers").Match(
            body => head.Count > 0 ? head : Head(network.Head, body, output, $"{path}.head"),
            problems => problems.Append(head));
    }

    private static ValueList<Problem> Head(Head head, Shape body, Shape output, string path)
    {
        if (head is not Vae.Head.Dense && !output.IsImage)
            return [new(path, "must be dense to give a vector", head.ToString())];
        return Shapes.Of(Heads.Layers(head, body, output), body, path).Match(
            given => Rules.If(given != output, path, $"must give {output}", given),
            problems => ValueList.From(problems.Select(problem => problem.With(path: path))));
    }

    private static ValueList<Problem> Likelihood(Likelihood likelihood, string path) => likelihood.Match(
        normal: n => Rules.Positive($"{path}.sigma", n.Sigma),
        bernoulli: _ => []);

    private static ValueList<Problem> Condition(Condition condition, string path) => condition.Match(
        none: _ => [],
        label: l => Rules.Size($"{path}.classes", l.Classes),
        vector: v => Rules.Size($"{path}.width", v.Width));

    private static ValueList<Problem> Objective(Objective objective, string path) => objective.Match(
        elbo: e => Schedule(e.Beta, $"{path}.beta"),
        importanceWeighted: i => Rules.AtLeast($"{path}.samples", i.Samples, 1));

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
        .. train.Optimizer.Match(
            adam: a => Moments(a.Beta1, a.Beta2, a.Epsilon, $"{path}.optimizer"),
            adamW: a => [.. Rules.AtLeast($"{path}.optimizer.decay", a.Decay, 0), .. Moments(a.Beta1, a.Beta2, a.Epsilon, $"{path}.optimizer")],
            sgd: s => Rules.Within($"{path}.optimizer.momentum", s.Momentum, 0, 1, closedHigh: false)),
        .. train.Clipping.Match(none: _ => [], norm: n => Rules.Positive($"{path}.clipping.max", n.Max)),
        .. train.Averaging.Match(none: _ => [], exponential: e => Rules.Within($"{path}.averaging.decay", e.Decay, 0, 1, false, false)),
        .. train.Stopping.Match(never: _ => [], patience: p => Rules.AtLeast($"{path}.stopping.epochs", p.Epochs, 1))];

    private static ValueList<Problem> Moments(double beta1, double beta2, double epsilon, string path) => [
        .. Rules.Within($"{path}.beta1", beta1, 0, 1, closedHigh: false),
        .. Rules.Within($"{path}.beta2", beta2, 0, 1, closedHigh: false),
        .. Rules.Positive($"{path}.epsilon", epsilon)];

    private static ValueList<Problem> Schedule(Schedule schedule, string path)
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
        var warmUp = experiment.Objective.Match(elbo: e => Schedules.Settled(e.Beta), importanceWeighted: _ => 0);
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
        var grey = !data.IsBinary && experiment.Data.Binarization is Binarization.None;
        return [
            .. Rules.If(model.Input != data.Shape, "model.input", $"must be the data's shape {data.Shape}", model.Input),
            .. Rules.If(data.Count < 1, "data", "must have at least one training example", data.Count),
            .. Rules.If(grey && model.Likelihood is Vae.Likelihood.Bernoulli { Grey: false }, "model.likelihood",
                "bernoulli is a density of 0 and 1 only (binarize the data, or ask for cross-entropy)", "grey values"),
            .. model.Condition.Match(
                none: _ => [],
                label: l => Rules.If(data.Classes != l.Classes, "model.condition.classes",
                    data.Classes == 0 ? "needs data with labels" : $"must be the data's {data.Classes} classes", l.Classes),
                vector: v => ValueList.From<Problem>([]))];
    }
}
