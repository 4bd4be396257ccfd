namespace Vae;

/// <summary>What <see cref="Likelihood.Bernoulli"/> means.</summary>
internal sealed record BernoulliLikelihood(bool Grey) : ILikelihood
{
    public string Name => Grey ? "cross-entropy" : "Bernoulli";

    public ILikelihood With(ValueList<double> settings) => this;

    public bool IsDensity => !Grey;

    // Outside [0, 1] cross-entropy has no least value, and training would run to infinity.
    public ValueList<Problem> Problems(DataFacts data, string path) => Grey ? DataRules.Unit(data.Values, path, "cross-entropy") : Rules.If(!data.IsBinary, path,
        "bernoulli is a density of 0 and 1 only (binarize the data, or ask for cross-entropy)", "grey values");

    public T NegLogDensityPerValue<T>(PartState<T> state, T outputs, T x) where T : struct, ITensor<T> =>
        Bernoullis.NegLogDensityPerValue(outputs, x);

    public T Mean<T>(PartState<T> state, T outputs) where T : struct, ITensor<T> => T.Sigmoid(outputs);
}
