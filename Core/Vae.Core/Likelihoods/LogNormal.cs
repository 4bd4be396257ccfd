namespace Vae;

public abstract partial record Likelihood
{
    /// <summary>Positive values whose logarithm is N(m, σ²). The decoder outputs m, and ln σ if σ is learned for each value.</summary>
    /// <param name="Scale">σ, of ln x.</param>
    public sealed partial record LogNormal(Scale Scale) : Likelihood, ILikelihood
    {
        // Smaller means are those of values that are all 0, which the family does not have.
        private const double MinMean = 1e-3;

        private ILikelihood Logs => new Normal(Scale);

        string IPart<ILikelihood>.Name => $"log-normal, {Scale.Title("σ")}";

        Shape ILikelihood.Outputs(Shape input) => OutputBlocks.Times(input, Scale.Outputs);

        bool ILikelihood.TakesNumbers => true;

        bool ILikelihood.IsSeparable => Scale.IsSeparable;

        ValueList<Parameter> ILikelihood.Learned(Shape input) => Scale.Parameters;

        ValueList<Problem> ILikelihood.Problems(Shape input, string path) => Scale.Problems(path);

        ValueList<Problem> ILikelihood.Problems(DataFacts data, string path) => DataRules.Positive(data.Values, path, "log-normal");

        T ILikelihood.ForEncoder<T>(T x) => CountTerms.ForEncoder(x);

        T ILikelihood.NegLogDensityPerValue<T>(PartState<T> state, T outputs, T x)
        {
            var log = PositiveTerms.Log(x);
            return Logs.NegLogDensityPerValue(state, outputs, log) + log;
        }

        /// <summary>exp(m + σ²/2), bounded at e⁸⁰.</summary>
        T ILikelihood.Mean<T>(PartState<T> state, T outputs) =>
            PositiveTerms.Exp(Scale.Centre(outputs) + 0.5 * Variance(state, outputs));

        // σ² = ln(1 + variance/mean²) where it is learned for each value; the mean is right for any σ.
        ValueList<double> ILikelihood.OutputsFor(Moments moments) => moments.Outputs((mean, variance) =>
        {
            var centre = Math.Log(Math.Max(mean, MinMean));
            var output = MomentOutputs.LogScale(Stable.Log1p(variance / Math.Exp(2 * centre)));
            NdArray outputs = NdArray.FromValues(Scale.Outputs == 1 ? [0] : [0, output], 1, Scale.Outputs);
            var m = centre - 0.5 * Variance(new PartState<NdArray>(name => NdArray.Full(0, name == LearnedScales.Estimate ? 2 : 1)), outputs).Item;
            return Scale.Outputs == 1 ? [m] : [m, output];
        });

        NdArray ILikelihood.Draw(PartState<NdArray> state, NdArray outputs, NdArray uniforms) =>
            PositiveTerms.Exp(Logs.Draw(state, outputs, uniforms));

        /// <summary>exp(m − σ²).</summary>
        NdArray ILikelihood.Mode(PartState<NdArray> state, NdArray outputs) =>
            PositiveTerms.Exp(Scale.Centre(outputs) - Variance(state, outputs));

        IReadOnlyDictionary<string, T> ILikelihood.Updated<T>(PartState<T> state, T outputs, T x) =>
            Logs.Updated(state, outputs, PositiveTerms.Log(x));

        // The optimal scale outside training is a moving estimate; no spread is looked at.
        private T Variance<T>(PartState<T> state, T outputs) where T : struct, ITensor<T> =>
            T.Exp(2 * Scale.Log(new(name => state[name]), outputs, Scale.Centre(outputs), 2));
    }
}

public static partial class Likelihoods
{
    /// <summary>Positive values whose logarithm is normal.</summary>
    /// <param name="scale">σ of the logarithm: fixed, learned, shared or optimal.</param>
    public static Likelihood LogNormal(Scale scale) => new Likelihood.LogNormal(scale);
}
