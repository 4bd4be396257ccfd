namespace Vae;

public abstract partial record Likelihood
{
    /// <summary>Poisson(rate) for each count 0, 1, 2, …. The decoder outputs ln rate.</summary>
    /// <param name="Library">
    /// Whether rates are the example's total times a softmax over its values, as in Lopez et al. 2018. The mass is then conditioned on
    /// the total, and is not p(x|z).
    /// </param>
    public sealed partial record Poisson(bool Library = false) : Likelihood, ILikelihood
    {
        string IPart<ILikelihood>.Name => $"Poisson{CountTerms.TotalsSuffix(Library)}";

        bool ILikelihood.TakesNumbers => true;

        bool ILikelihood.IsSeparable => !Library;

        bool ILikelihood.IsDensity => !Library;

        ValueList<Parameter> ILikelihood.Learned(Shape input) => CountTerms.Learned(Library);

        ValueList<Problem> ILikelihood.Problems(Shape input, string path) => CountTerms.Problems(Library, input, path);

        ValueList<Problem> ILikelihood.Problems(DataFacts data, string path) => DataRules.Counts(data.Values, path, "Poisson");

        T ILikelihood.ForEncoder<T>(T x) => CountTerms.ForEncoder(x);

        T ILikelihood.NegLogDensityPerValue<T>(PartState<T> state, T outputs, T x) =>
            CountTerms.Poisson(CountTerms.LogRates(Library, outputs, x), x);

        T ILikelihood.Mean<T>(PartState<T> state, T outputs) => CountTerms.Rates(Library, state, outputs);

        ValueList<double> ILikelihood.OutputsFor(Moments moments) => moments.Outputs((mean, _) => [CountTerms.OutputFor(Library, mean)]);

        NdArray ILikelihood.Draw(PartState<NdArray> state, NdArray outputs, NdArray uniforms) =>
            NdArray.Zip(CountTerms.Rates(Library, state, outputs), uniforms, Quantiles.Poisson);

        NdArray ILikelihood.Mode(PartState<NdArray> state, NdArray outputs) =>
            NdArray.Map(CountTerms.Rates(Library, state, outputs), Math.Floor);

        IReadOnlyDictionary<string, T> ILikelihood.Updated<T>(PartState<T> state, T outputs, T x) =>
            CountTerms.Updated(Library, state, x);
    }
}

public static partial class Likelihoods
{
    /// <summary>Poisson counts.</summary>
    /// <param name="library">Whether rates are shares of each example's total.</param>
    public static Likelihood Poisson(bool library = false) => new Likelihood.Poisson(library);
}
