namespace Vae;

/// <summary>What <see cref="Objective.ImportanceWeighted"/> means.</summary>
internal sealed record ImportanceWeightedObjective(int Samples) : IObjective
{
    public string Name => $"importance-weighted with {Samples} samples";

    public IObjective With(ValueList<double> settings) => this;

    public ValueList<Problem> Problems(string path) => Rules.AtLeast($"{path}.samples", Samples, 1);

    public T Loss<T>(ObjectiveTerms<T> terms) where T : struct, ITensor<T> => -Bounds.ImportanceWeighted(terms.LogWeights);
}
