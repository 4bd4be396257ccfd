namespace Vae;

/// <summary>What <see cref="Regularizer.Factor"/> means: the logit of a critic that tells codes from shuffled ones is the log-ratio of their densities.</summary>
internal sealed record FactorRegularizer(Regularizer.Factor Of) : IRegularizer
{
    public string Name => FormattableString.Invariant($"factor {Of.Weight}");

    public ValueList<Critic> Critics => [Of.Critic];

    public ValueList<Problem> Problems(string path) => Rules.AtLeast($"{path}.weight", Of.Weight, 0);

    public ValueList<Problem> Problems(VaeSpec model, string path) => IRegularizer.NeedsReals(model, path, "factor");

    public T Penalty<T>(ObjectiveTerms<T> terms) where T : struct, ITensor<T> => Of.Weight * T.SumEvent(terms.Batch.Auxiliary(IRegularizer.Codes(terms)));

    public T? CriticLoss<T>(ObjectiveTerms<T> terms) where T : struct, ITensor<T> => Adversaries.Distinguish(
        terms.Batch.Auxiliary(T.StopGradient(IRegularizer.Codes(terms))), terms.Batch.Auxiliary(terms.Batch.ShuffledDraws));
}
