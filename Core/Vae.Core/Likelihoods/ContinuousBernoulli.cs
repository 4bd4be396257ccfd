namespace Vae;

public abstract partial record Likelihood
{
    /// <summary>
    /// Continuous Bernoulli(λ) for each value in [0, 1]: p(x) = C(λ)·λˣ·(1 − λ)¹⁻ˣ with C = l / tanh(l/2) for the logit l of λ. Unlike
    /// the cross-entropy it is normalized. The decoder outputs logits; Loaiza-Ganem &amp; Cunningham 2019.
    /// </summary>
    public sealed partial record ContinuousBernoulli : Likelihood, ILikelihood
    {
        // At 0 the fraction is 0/0. Within, a series of five terms is exact to 3e-16; outside, the fraction's derivatives to 1e-14.
        private const double Near = 0.1;

        string IPart<ILikelihood>.Name => "continuous Bernoulli";

        ValueList<Problem> ILikelihood.Problems(DataFacts data, string path) => DataRules.Unit(data.Values, path, "continuous Bernoulli");

        T ILikelihood.NegLogDensityPerValue<T>(PartState<T> state, T outputs, T x) =>
            Bernoullis.NegLogDensityPerValue(outputs, x) - LogNormalizer(outputs);

        /// <summary>½ + ½·coth(l/2) − 1/l, by its series near λ = ½.</summary>
        T ILikelihood.Mean<T>(PartState<T> state, T outputs)
        {
            T far = Stable.Above(T.Abs(outputs), Near), safe = outputs * far + (1 - far);
            T near = outputs * (1 - far), square = T.Square(near);
            var series = near * (1.0 / 12 + square * (-1.0 / 720 + square * (1.0 / 30240 - square / 1209600)));
            return 0.5 + far * (0.5 / T.Tanh(0.5 * safe) - 1 / safe) + series;
        }

        NdArray ILikelihood.Draw(PartState<NdArray> state, NdArray outputs, NdArray uniforms) =>
            NdArray.Zip(outputs, uniforms, Quantile);

        NdArray ILikelihood.Mode(PartState<NdArray> state, NdArray outputs) => Stable.Above(outputs, 0);

        // The distribution function is (eˡˣ − 1)/(eˡ − 1); near λ = ½ its inverse has the series p + l·p·(1 − p)/2.
        private static double Quantile(double logit, double p) =>
            Math.Abs(logit) < 1e-4 ? p + 0.5 * logit * p * (1 - p)
            : logit < 0 ? Math.Log(1 - p + p * Math.Exp(logit)) / logit
            : 1 + Math.Log(p + (1 - p) * Math.Exp(-logit)) / logit;

        // ln(l / tanh(l/2)) = ln 2 + ln(u / tanh u) with u = l/2, whose series is u²/3 − 7u⁴/90 + 62u⁶/2835 − 127u⁸/18900.
        private static T LogNormalizer<T>(T logits) where T : struct, ITensor<T>
        {
            T size = T.Abs(logits), far = Stable.Above(size, Near), safe = size * far + (1 - far);
            var square = T.Square(0.5 * size * (1 - far));
            var series = square * (1.0 / 3 + square * (-7.0 / 90 + square * (62.0 / 2835 - square * (127.0 / 18900))));
            return far * (T.Log(safe) - T.Log(T.Tanh(0.5 * safe)) - Math.Log(2)) + series + Math.Log(2);
        }
    }
}

public static partial class Likelihoods
{
    /// <summary>Continuous Bernoulli values in [0, 1]; Loaiza-Ganem &amp; Cunningham 2019.</summary>
    public static Likelihood ContinuousBernoulli { get; } = new Likelihood.ContinuousBernoulli();
}
