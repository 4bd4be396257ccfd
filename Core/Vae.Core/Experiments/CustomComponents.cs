namespace Vae;

/// <summary>
/// The parts of an application, one of each name, by which files that name them are read. A value that is given along:
/// nothing is registered behind one's back.
/// </summary>
/// <param name="LikelihoodParts">Families p(x|z).</param>
/// <param name="PosteriorParts">Families q(z|x).</param>
/// <param name="PriorParts">Distributions p(z).</param>
/// <param name="LayerParts">Layers.</param>
/// <param name="ObjectiveParts">What training minimizes.</param>
public sealed partial record CustomComponents(
    ValueList<ILikelihood> LikelihoodParts, ValueList<IPosterior> PosteriorParts, ValueList<IPrior> PriorParts,
    ValueList<ILayer> LayerParts, ValueList<IObjective> ObjectiveParts)
{
    /// <summary>None but those of this library.</summary>
    public static CustomComponents None { get; } = new([], [], [], [], []);

    /// <summary>The names of all.</summary>
    public ValueList<string> Names => ValueList.From([
        .. LikelihoodParts.Select(part => part.Name), .. PosteriorParts.Select(part => part.Name), .. PriorParts.Select(part => part.Name),
        .. LayerParts.Select(part => part.Name), .. ObjectiveParts.Select(part => part.Name)]);

    /// <summary>Those that a run is made of: what reads its files again.</summary>
    public static CustomComponents Collect(Experiment experiment)
    {
        var (model, layers) = (experiment.Model, Layers.All([
            .. experiment.Model.Encoder.Layers, .. experiment.Model.Decoder.Layers,
            .. experiment.Model.Prior is Prior.Conditional conditional ? conditional.Network.Layers : [],
            .. experiment.Model.Posterior is Posterior.Hierarchical levels ? levels.Hierarchy.LayerRows.SelectMany(row => row.Layers) : []]));
        return new(
            model.Likelihood is Likelihood.Custom likelihood ? [likelihood.Definition] : [],
            model.Posterior is Posterior.Custom posterior ? [posterior.Definition] : [],
            model.Prior is Prior.Custom prior ? [prior.Definition] : [],
            ValueList.From(layers.OfType<Layer.Custom>().Select(layer => layer.Definition).DistinctBy(layer => layer.Name)),
            experiment.Objective is Objective.Custom objective ? [objective.Definition] : []);
    }

    /// <summary>What is wrong with them: a name that two of one kind have tells neither from the other.</summary>
    public ValueList<Problem> Problems(string path) => [
        .. Twice($"{path}.likelihoodParts", LikelihoodParts), .. Twice($"{path}.posteriorParts", PosteriorParts), .. Twice($"{path}.priorParts", PriorParts),
        .. Twice($"{path}.layerParts", LayerParts), .. Twice($"{path}.objectiveParts", ObjectiveParts)];

    private static IEnumerable<Problem> Twice<TPart>(string path, ValueList<TPart> parts) where TPart : IPart<TPart> =>
        from named in parts.GroupBy(part => part.Name)
        where named.Count() > 1
        select new Problem(path, "must have one part of a name", $"'{named.Key}' twice");
}
