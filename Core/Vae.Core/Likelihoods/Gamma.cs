namespace Vae;

public abstract partial record Likelihood
{
    /// <summary>
    /// Positive values with a gamma density of mean μ and shape a; the variance is μ²/a. The decoder outputs ln μ and ln a.
    /// </summary>
    public sealed partial record Gamma : Likelihood, ILikelihood
    {
        // Bounds of ln μ and ln a, within which every term is finite in float32.
        private const double MaxLogMean = 40, MinLogShape = -5, MaxLogShape = 8;

        // Smaller means are those of values that are all 0, which the family does not have.
        private const double MinMean = 1e-3;

        // Beyond it a quantile of a standard gamma variable is 0 for any purpose.
        private const double MinLogQuantile = -600;

        string IPart<ILikelihood>.Name => "gamma";

        Shape ILikelihood.Outputs(Shape input) => OutputBlocks.Times(input, 2);

        bool ILikelihood.TakesNumbers => true;

        ValueList<Problem> ILikelihood.Problems(DataFacts data, string path) => DataRules.Positive(data.Values, path, "gamma");

        T ILikelihood.ForEncoder<T>(T x) => CountTerms.ForEncoder(x);

        T ILikelihood.NegLogDensityPerValue<T>(PartState<T> state, T outputs, T x)
        {
            T logShape = LogShape(outputs), a = T.Exp(logShape), log = PositiveTerms.Log(x), ratio = log - LogMean(outputs);
            return Gammas.LogGamma(a) - a * (logShape + ratio - T.Exp(ratio)) + log;
        }

        T ILikelihood.Mean<T>(PartState<T> state, T outputs) => T.Exp(LogMean(outputs));

        ValueList<double> ILikelihood.OutputsFor(Moments moments) => moments.Outputs((mean, variance) =>
        {
            var positive = Math.Max(mean, MinMean);
            var logShape = Math.Clamp(2 * Math.Log(positive) - Math.Log(variance), MinLogShape + 1, MaxLogShape - 1);
            return [
                Stable.InverseSoftClip(Math.Log(positive), -MaxLogMean, MaxLogMean),
                Stable.InverseSoftClip(logShape, MinLogShape, MaxLogShape)];
        });

        NdArray ILikelihood.Draw(PartState<NdArray> state, NdArray outputs, NdArray uniforms) =>
            Quantiles.Map(LogMean(outputs), LogShape(outputs), uniforms, Quantile);

        /// <summary>μ·(a − 1)/a; 0 where a ≤ 1, at which the density is infinite or greatest.</summary>
        NdArray ILikelihood.Mode(PartState<NdArray> state, NdArray outputs) =>
            NdArray.Zip(LogMean(outputs), LogShape(outputs), (mean, shape) => Math.Exp(mean) * Math.Max(0, 1 - Math.Exp(-shape)));

        private static double Quantile(double logMean, double logShape, double p)
        {
            var a = Math.Exp(logShape);
            var high = Math.Log(a + 60 * Math.Sqrt(a) + 800);
            return Math.Exp(logMean - logShape + Quantiles.Find(t => IncompleteGammas.Lower(a, Math.Exp(t)), p, MinLogQuantile, high));
        }

        private static T LogMean<T>(T outputs) where T : struct, ITensor<T> =>
            Stable.SoftClip(OutputBlocks.Block(outputs, 0, 2), -MaxLogMean, MaxLogMean);

        private static T LogShape<T>(T outputs) where T : struct, ITensor<T> =>
            Stable.SoftClip(OutputBlocks.Block(outputs, 1, 2), MinLogShape, MaxLogShape);
    }
}

public static partial class Likelihoods
{
    /// <summary>Positive values with a gamma density, whose mean and shape are decoder outputs.</summary>
    public static Likelihood Gamma { get; } = new Likelihood.Gamma();
}
