namespace Vae;

/// <summary>What <see cref="Regularizer.Adversarial"/> means.</summary>
internal sealed record AdversarialRegularizer(Regularizer.Adversarial Of) : IRegularizer
{
    public string Name => FormattableString.Invariant($"adversarial {Of.Weight}");

    public bool SuitsPoints => true;

    public ValueList<Critic> Critics => [Of.Critic];

    public ValueList<Problem> Problems(string path) => Rules.AtLeast($"{path}.weight", Of.Weight, 0);

    public T Penalty<T>(ObjectiveTerms<T> terms) where T : struct, ITensor<T> =>
        Of.Weight * Adversaries.Deceive(terms.Batch.Auxiliary(IRegularizer.Codes(terms)));

    public T? CriticLoss<T>(ObjectiveTerms<T> terms) where T : struct, ITensor<T> => Adversaries.Distinguish(
        terms.Batch.Auxiliary(terms.Batch.PriorDraws), terms.Batch.Auxiliary(T.StopGradient(IRegularizer.Codes(terms))));
}
