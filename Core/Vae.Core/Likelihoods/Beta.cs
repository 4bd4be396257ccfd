namespace Vae;

public abstract partial record Likelihood
{
    /// <summary>Beta(α, β) for each value in [0, 1]. The decoder outputs ln α and ln β.</summary>
    /// <param name="Margin">
    /// How far x is moved inwards from 0 and 1, where the density may be infinite: the density is that of y = margin + (1 − 2·margin)·x
    /// (Smithson &amp; Verkuilen 2006); in (0, ½).
    /// </param>
    public sealed partial record Beta(double Margin = 1.0 / 512) : Likelihood, ILikelihood
    {
        // Bounds far wider than data of 256 levels need, and far from where the difference of two ln Γ cancels in float32.
        private const double Low = -5, High = 8;

        string IPart<ILikelihood>.Name => "beta";

        Shape ILikelihood.Outputs(Shape input) => OutputBlocks.Times(input, 2);

        ValueList<Problem> ILikelihood.Problems(Shape input, string path) =>
            Rules.Within($"{path}.margin", Margin, 0, 0.5, closedLow: false, closedHigh: false);

        ValueList<Problem> ILikelihood.Problems(DataFacts data, string path) => DataRules.Unit(data.Values, path, "beta");

        T ILikelihood.NegLogDensityPerValue<T>(PartState<T> state, T outputs, T x)
        {
            T alpha = Shape(outputs, 0), beta = Shape(outputs, 1), y = Margin + (1 - 2 * Margin) * x;
            var normalizer = Gammas.LogGamma(beta) - Gammas.LogRising(alpha, beta);
            return normalizer - (alpha - 1) * T.Log(y) - (beta - 1) * T.Log(1 - y) - Math.Log(1 - 2 * Margin);
        }

        T ILikelihood.Mean<T>(PartState<T> state, T outputs)
        {
            T alpha = Shape(outputs, 0), beta = Shape(outputs, 1);
            return (alpha / (alpha + beta) - Margin) / (1 - 2 * Margin);
        }

        /// <summary>Like the density, draws reach margin/(1 − 2·margin) beyond 0 and 1.</summary>
        NdArray ILikelihood.Draw(PartState<NdArray> state, NdArray outputs, NdArray uniforms) =>
            (Quantiles.Map(Shape(outputs, 0), Shape(outputs, 1), uniforms, Quantiles.Beta) - Margin) / (1 - 2 * Margin);

        /// <summary>In [0, 1].</summary>
        NdArray ILikelihood.Mode(PartState<NdArray> state, NdArray outputs) =>
            NdArray.Map((NdArray.Zip(Shape(outputs, 0), Shape(outputs, 1), Peak) - Margin) / (1 - 2 * Margin), x => Math.Clamp(x, 0, 1));

        // A density with a pole at both ends is greater at that of the smaller exponent.
        private static double Peak(double alpha, double beta) =>
            alpha > 1 && beta > 1 ? (alpha - 1) / (alpha + beta - 2) : alpha < beta ? 0 : 1;

        private static T Shape<T>(T outputs, int which) where T : struct, ITensor<T> =>
            T.Exp(Stable.SoftClip(OutputBlocks.Block(outputs, which, 2), Low, High));
    }
}

public static partial class Likelihoods
{
    /// <summary>A beta density for values in [0, 1], which are moved inwards by a margin.</summary>
    /// <param name="margin">How far; in (0, ½).</param>
    public static Likelihood Beta(double margin = 1.0 / 512) => new Likelihood.Beta(margin);
}
