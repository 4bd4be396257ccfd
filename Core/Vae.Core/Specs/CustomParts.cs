namespace Vae;

/// <summary>
/// The parts of an application, one of each name, by which files that name them are read. A value that is given along:
/// nothing is registered behind one's back.
/// </summary>
/// <param name="Likelihoods">By name.</param>
/// <param name="Posteriors">By name.</param>
/// <param name="Priors">By name.</param>
/// <param name="Layers">By name.</param>
/// <param name="Objectives">By name.</param>
public sealed record CustomParts(
    ValueList<ILikelihood> Likelihoods, ValueList<IPosterior> Posteriors, ValueList<IPrior> Priors, ValueList<ILayer> Layers, ValueList<IObjective> Objectives)
{
    /// <summary>None but those of this library.</summary>
    public static CustomParts None { get; } = new([], [], [], [], []);

    /// <summary>The same with other parts.</summary>
    public CustomParts With(
        ValueList<ILikelihood>? likelihoods = null, ValueList<IPosterior>? posteriors = null, ValueList<IPrior>? priors = null,
        ValueList<ILayer>? layers = null, ValueList<IObjective>? objectives = null) =>
        new(likelihoods ?? Likelihoods, posteriors ?? Posteriors, priors ?? Priors, layers ?? Layers, objectives ?? Objectives);
}
