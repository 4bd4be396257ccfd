namespace Vae;

/// <summary>What <see cref="Likelihood.Poisson"/> means.</summary>
internal sealed record PoissonLikelihood(bool Library) : ILikelihood
{
    public string Name => $"Poisson{CountTerms.Given(Library)}";

    public ILikelihood With(ValueList<double> settings) => this;

    public bool TakesNumbers => true;

    public bool IsSeparable => !Library;

    public bool IsDensity => !Library;

    public ValueList<Parameter> Learned(Shape input) => CountTerms.Learned(Library);

    public ValueList<Problem> Problems(DataFacts data, string path) => DataRules.Counts(data.Values, path, "Poisson");

    public T ForEncoder<T>(T x) where T : struct, ITensor<T> => CountTerms.ForEncoder(x);

    public T NegLogDensityPerValue<T>(PartState<T> state, T outputs, T x) where T : struct, ITensor<T> =>
        CountTerms.Poisson(CountTerms.LogRates(Library, outputs, x), x);

    public T Mean<T>(PartState<T> state, T outputs) where T : struct, ITensor<T> => CountTerms.Rates(Library, state, outputs);

    public IReadOnlyDictionary<string, T> Updated<T>(PartState<T> state, T outputs, T x) where T : struct, ITensor<T> =>
        CountTerms.Updated(Library, state, x);
}
