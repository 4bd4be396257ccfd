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
public sealed record CustomParts(
    ValueList<ILikelihood> LikelihoodParts, ValueList<IPosterior> PosteriorParts, ValueList<IPrior> PriorParts,
    ValueList<ILayer> LayerParts, ValueList<IObjective> ObjectiveParts)
{
    /// <summary>None but those of this library.</summary>
    public static CustomParts None { get; } = new([], [], [], [], []);

    /// <summary>The same with other parts.</summary>
    public CustomParts With(
        ValueList<ILikelihood>? likelihoodParts = null, ValueList<IPosterior>? posteriorParts = null, ValueList<IPrior>? priorParts = null,
        ValueList<ILayer>? layerParts = null, ValueList<IObjective>? objectiveParts = null) =>
        new(likelihoodParts ?? LikelihoodParts, posteriorParts ?? PosteriorParts, priorParts ?? PriorParts, layerParts ?? LayerParts, objectiveParts ?? ObjectiveParts);
}
