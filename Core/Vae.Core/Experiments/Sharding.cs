namespace Vae;

/// <summary>
/// What needs whole batches and so cannot be trained in several shards: the loss would be another function of the shards than of the
/// batch.
/// </summary>
internal static class Sharding
{
    /// <summary>The problems of an experiment without other problems, if it has several shards.</summary>
    public static ValueList<Problem> Problems(Experiment experiment)
    {
        if (experiment.Train.Shards == 1)
            return [];
        var (model, train) = (experiment.Model, experiment.Train);
        var objective = experiment.Objective.Formulas();
        return [
            .. Refused(train, objective.CouplesExamples, $"the objective {objective.Name}, whose loss couples the examples of a batch"),
            .. AllLayers(experiment).Where(layer => layer.CouplesExamples).Select(layer => layer.Name).Distinct()
                .SelectMany(name => Refused(train, true, $"the layer {name}, which couples the examples of a batch")),
            .. Refused(train, HasStatistics(model.Posterior.Formulas().Learned(model.Latent)),
                $"the posterior {Posteriors.Name(model.Posterior)}, which follows statistics of a batch"),
            .. Refused(train, HasStatistics(model.Likelihood.Formulas().Learned(model.Input)),
                $"the likelihood {Likelihoods.Name(model.Likelihood)}, which follows statistics of a batch")];
    }

    private static ValueList<Problem> Refused(TrainSpec train, bool refused, string part) =>
        Rules.If(refused, "train.shards", $"must be 1 with {part}", train.Shards);

    // Tensors that are not trained follow the batches by moving averages.
    private static bool HasStatistics(ValueList<Parameter> learned) => learned.Any(parameter => !parameter.Trained);

    private static IEnumerable<Layer> AllLayers(Experiment experiment) => Layers.All([
        .. Wiring.EncoderLayers(experiment.Model), .. Wiring.DecoderLayers(experiment.Model), .. Wiring.PriorLayers(experiment.Model),
        .. Wiring.PartNetworks(experiment.Model).SelectMany(Wiring.Layers),
        .. experiment.Objective.Formulas().Auxiliaries(experiment.Model, experiment.Train).SelectMany(Wiring.Layers)]);
}
