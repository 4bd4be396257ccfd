namespace Vae;

/// <summary>
/// The components that an application defines. Files store a component's name and settings, so these values are passed explicitly
/// wherever such a file is read; there is no registry.
/// </summary>
/// <param name="LikelihoodParts">Families p(x|z), each with its own name.</param>
/// <param name="PosteriorParts">Families q(z|x), each with its own name.</param>
/// <param name="PriorParts">Distributions p(z), each with its own name.</param>
/// <param name="LayerParts">Layers, each with its own name.</param>
/// <param name="ObjectiveParts">Objectives, each with its own name.</param>
public sealed partial record CustomComponents(
    ValueList<ILikelihood> LikelihoodParts, ValueList<IPosterior> PosteriorParts, ValueList<IPrior> PriorParts,
    ValueList<ILayer> LayerParts, ValueList<IObjective> ObjectiveParts)
{
    /// <summary>No custom components.</summary>
    public static CustomComponents None { get; } = new([], [], [], [], []);

    /// <summary>The names of all components.</summary>
    public ValueList<string> Names => ValueList.From([
        .. LikelihoodParts.Select(part => part.Name), .. PosteriorParts.Select(part => part.Name), .. PriorParts.Select(part => part.Name),
        .. LayerParts.Select(part => part.Name), .. ObjectiveParts.Select(part => part.Name)]);

    /// <summary>The custom components of a run, with which its files can be read.</summary>
    /// <param name="experiment">Any run.</param>
    public static CustomComponents Collect(Experiment experiment)
    {
        var (model, layers) = (experiment.Model, Layers.All([
            .. experiment.Model.Encoder.Layers, .. experiment.Model.Decoder.Layers,
            .. experiment.Model.Prior is Prior.Conditional conditional ? conditional.Network.Layers : [],
            .. experiment.Model.Posterior is Posterior.Hierarchical q ? q.Hierarchy.LayerRows.SelectMany(row => row.Layers) : []]));
        return new(
            model.Likelihood is Likelihood.Custom likelihood ? [likelihood.Definition] : [],
            model.Posterior is Posterior.Custom posterior ? [posterior.Definition] : [],
            model.Prior is Prior.Custom prior ? [prior.Definition] : [],
            ValueList.From(layers.OfType<Layer.Custom>().Select(layer => layer.Definition).DistinctBy(layer => layer.Name)),
            experiment.Objective is Objective.Custom objective ? [objective.Definition] : []);
    }

    /// <summary>The problems of the components: two of one kind must not have the same name.</summary>
    /// <param name="path">The path that problems begin with.</param>
    public ValueList<Problem> Problems(string path) => [
        .. Twice($"{path}.likelihoodParts", LikelihoodParts), .. Twice($"{path}.posteriorParts", PosteriorParts),
        .. Twice($"{path}.priorParts", PriorParts),
        .. Twice($"{path}.layerParts", LayerParts), .. Twice($"{path}.objectiveParts", ObjectiveParts)];

    private static IEnumerable<Problem> Twice<TPart>(string path, ValueList<TPart> parts) where TPart : IPart<TPart> =>
        from named in parts.GroupBy(part => part.Name)
        where named.Count() > 1
        select new Problem(path, "must have components of different names", $"'{named.Key}' twice");
}
