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
