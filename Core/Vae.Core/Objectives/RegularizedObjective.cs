namespace Vae;

/// <summary>What <see cref="Objective.Regularized"/> means.</summary>
internal sealed record RegularizedObjective(Schedule Beta, Regularizer Regularizer) : IObjective
{
    private IRegularizer Meaning => Regularizers.Meaning(Regularizer);

    private bool HasDivergence => Beta is not Schedule.Constant { Value: 0 };

    public string Name => Meaning.Name;

    public bool NeedsDensity => HasDivergence || !Meaning.SuitsPoints;

    public bool TrainsPrior => HasDivergence;

    public IObjective With(ValueList<double> settings) => this;

    public ValueList<Problem> Problems(string path) => Meaning.Problems($"{path}.regularizer");

    public ValueList<Problem> Problems(VaeSpec model, string path) => model.Latent == 0
        ? Rules.If(true, $"{path}.regularizer", $"{Name} needs a model with a latent", "none")
        : Meaning.Problems(model, $"{path}.regularizer");

    public ValueList<Auxiliary> Auxiliaries(VaeSpec model, TrainSpec train) => ValueList.From(Meaning.Critics.Select(critic => new Auxiliary(
        "critic", "regularizer.critic.network", critic.Network, Shape.Vector(model.Latent), 1, critic.Optimizer, critic.LearningRate, InTurn: true, IsKept: false)));

    public T Loss<T>(ObjectiveTerms<T> terms) where T : struct, ITensor<T> =>
        (HasDivergence ? Bounds.NegElbo(terms.MeanReconstruction, terms.Kl, terms.Beta) : terms.MeanReconstruction) + Meaning.Penalty(terms);

    public T? AuxiliaryLoss<T>(ObjectiveTerms<T> terms) where T : struct, ITensor<T> => Meaning.CriticLoss(terms);
}
