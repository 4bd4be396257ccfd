namespace Vae;

/// <summary>What <see cref="Likelihood.NegativeBinomial"/> means.</summary>
internal sealed record NegativeBinomialLikelihood(bool ZeroInflated, bool Library) : ILikelihood
{
    private const string Dispersion = "logDispersion";

    public string Name => $"{(ZeroInflated ? "zero-inflated " : "")}negative binomial{CountTerms.Given(Library)}";

    public ILikelihood With(ValueList<double> settings) => this;

    public Shape Outputs(Shape input) => OutputBlocks.Times(input, PerValue);

    public bool TakesNumbers => true;

    public bool IsSeparable => !Library;

    public bool IsDensity => !Library;

    public ValueList<Parameter> Learned(Shape input) => [new(Dispersion, input, new(0, 0), true), .. CountTerms.Learned(Library)];

    public ValueList<Problem> Problems(DataFacts data, string path) => DataRules.Counts(data.Values, path, "negative binomial");

    public T ForEncoder<T>(T x) where T : struct, ITensor<T> => CountTerms.ForEncoder(x);

    public T NegLogDensityPerValue<T>(PartState<T> state, T outputs, T x) where T : struct, ITensor<T>
    {
        var counted = CountTerms.NegativeBinomial(CountTerms.LogRates(Library, OutputBlocks.Block(outputs, 0, PerValue), x), state[Dispersion], x);
        if (!ZeroInflated)
            return counted;
        T logit = OutputBlocks.Block(outputs, 1, 2), some = Stable.Above(x, 0.5);
        // p(0) = π + (1 − π)·NB(0), any other (1 − π)·NB(x), with ln(1 − π) taken out of both.
        return (1 - some) * -Stable.Softplus(logit + counted) + counted - T.LogSigmoid(-logit);
    }

    public T Mean<T>(PartState<T> state, T outputs) where T : struct, ITensor<T>
    {
        var rates = CountTerms.Rates(Library, state, OutputBlocks.Block(outputs, 0, PerValue));
        return ZeroInflated ? rates * T.Sigmoid(-OutputBlocks.Block(outputs, 1, 2)) : rates;
    }

    public IReadOnlyDictionary<string, T> Updated<T>(PartState<T> state, T outputs, T x) where T : struct, ITensor<T> =>
        CountTerms.Updated(Library, state, x);

    private int PerValue => ZeroInflated ? 2 : 1;
}
