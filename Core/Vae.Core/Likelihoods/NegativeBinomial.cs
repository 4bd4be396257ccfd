namespace Vae;

public abstract partial record Likelihood
{
    /// <summary>
    /// Counts of mean μ and variance μ + μ²/r. The decoder outputs ln μ; ln r is a learned number for each value of an example; Lopez et
    /// al. 2018.
    /// </summary>
    /// <param name="ZeroInflated">Whether a count is 0 with an additional probability, whose logit the decoder outputs.</param>
    /// <param name="Library">
    /// Whether means are the example's total times a softmax over its values. The mass is then conditioned on the total, and is not
    /// p(x|z).
    /// </param>
    public sealed partial record NegativeBinomial(bool ZeroInflated = false, bool Library = false) : Likelihood, ILikelihood
    {
        private const string Dispersion = "logDispersion";

        private const double AdditionalZeros = 0.1;

        string IPart<ILikelihood>.Name => $"{(ZeroInflated ? "zero-inflated " : "")}negative binomial{CountTerms.TotalsSuffix(Library)}";

        Shape ILikelihood.Outputs(Shape input) => OutputBlocks.Times(input, PerValue);

        bool ILikelihood.TakesNumbers => true;

        bool ILikelihood.IsSeparable => !Library;

        bool ILikelihood.IsDensity => !Library;

        ValueList<Parameter> ILikelihood.Learned(Shape input) => [new(Dispersion, input, new(0, 0), true), .. CountTerms.Learned(Library)];

        ValueList<Problem> ILikelihood.Problems(Shape input, string path) => CountTerms.Problems(Library, input, path);

        ValueList<Problem> ILikelihood.Problems(DataFacts data, string path) => DataRules.Counts(data.Values, path, "negative binomial");

        T ILikelihood.ForEncoder<T>(T x) => CountTerms.ForEncoder(x);

        T ILikelihood.NegLogDensityPerValue<T>(PartState<T> state, T outputs, T x)
        {
            var logMean = CountTerms.LogRates(Library, OutputBlocks.Block(outputs, 0, PerValue), x);
            var counted = CountTerms.NegativeBinomial(logMean, state[Dispersion], x);
            if (!ZeroInflated)
                return counted;
            T logit = OutputBlocks.Block(outputs, 1, 2), some = Stable.Above(x, 0.5);
            // p(0) = π + (1 − π)·NB(0), else (1 − π)·NB(x); ln(1 − π) is factored out of both.
            return (1 - some) * -Stable.Softplus(logit + counted) + counted - T.LogSigmoid(-logit);
        }

        T ILikelihood.Mean<T>(PartState<T> state, T outputs)
        {
            var rates = CountTerms.Rates(Library, state, OutputBlocks.Block(outputs, 0, PerValue));
            return ZeroInflated ? rates * T.Sigmoid(-OutputBlocks.Block(outputs, 1, 2)) : rates;
        }

        // The additional zeros begin as a tenth of all counts; the dispersion is a tensor of its own.
        ValueList<double> ILikelihood.OutputsFor(Moments moments) => moments.Outputs((mean, _) => ZeroInflated
            ? [CountTerms.OutputFor(Library, mean / (1 - AdditionalZeros)), MomentOutputs.Logit(AdditionalZeros)]
            : [CountTerms.OutputFor(Library, mean)]);

        Shape ILikelihood.Uniforms(Shape input) => OutputBlocks.Times(input, PerValue);

        /// <summary>The last uniform number of a value draws its count, and the first of two whether it is an additional zero.</summary>
        NdArray ILikelihood.Draw(PartState<NdArray> state, NdArray outputs, NdArray uniforms)
        {
            var counts = CountTerms.DrawNegativeBinomial(
                Rates(state, outputs), state[Dispersion], OutputBlocks.Block(uniforms, PerValue - 1, PerValue));
            return ZeroInflated ? counts * Stable.Above(OutputBlocks.Block(uniforms, 0, 2) - Zeros(outputs), 0) : counts;
        }

        NdArray ILikelihood.Mode(PartState<NdArray> state, NdArray outputs)
        {
            var rates = Rates(state, outputs);
            var mode = CountTerms.ModeOfNegativeBinomial(rates, state[Dispersion]);
            if (!ZeroInflated)
                return mode;
            // A rate may have fallen to 0.
            NdArray Mass(NdArray x) => NdArray.Exp(-CountTerms.NegativeBinomial(NdArray.Log(rates + 1e-300), state[Dispersion], x));
            var zeros = Zeros(outputs);
            return mode * Stable.Above((1 - zeros) * (Mass(mode) - Mass(0 * mode)) - zeros, 0);
        }

        private NdArray Rates(PartState<NdArray> state, NdArray outputs) =>
            CountTerms.Rates(Library, state, OutputBlocks.Block(outputs, 0, PerValue));

        private static NdArray Zeros(NdArray outputs) => NdArray.Sigmoid(OutputBlocks.Block(outputs, 1, 2));

        IReadOnlyDictionary<string, T> ILikelihood.Updated<T>(PartState<T> state, T outputs, T x) =>
            CountTerms.Updated(Library, state, x);

        private int PerValue => ZeroInflated ? 2 : 1;
    }
}

public static partial class Likelihoods
{
    /// <summary>Counts whose variance exceeds their mean; Lopez et al. 2018.</summary>
    /// <param name="library">Whether means are shares of each example's total.</param>
    public static Likelihood NegativeBinomial(bool library = false) => new Likelihood.NegativeBinomial(ZeroInflated: false, library);

    /// <summary>Negative binomial counts with additional zeros.</summary>
    /// <param name="library">Whether means are shares of each example's total.</param>
    public static Likelihood ZeroInflatedNegativeBinomial(bool library = false) =>
        new Likelihood.NegativeBinomial(ZeroInflated: true, library);
}
