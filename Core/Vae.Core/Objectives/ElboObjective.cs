namespace Vae;

/// <summary>What <see cref="Objective.Elbo"/> means.</summary>
internal sealed record ElboObjective : IObjective
{
    public string Name => "elbo";

    public IObjective With(ValueList<double> settings) => this;

    public T Loss<T>(ObjectiveTerms<T> terms) where T : struct, ITensor<T> => Bounds.NegElbo(terms.MeanReconstruction, terms.Kl, terms.Beta);
}
