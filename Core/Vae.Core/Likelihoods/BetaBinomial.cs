namespace Vae;

public abstract partial record Likelihood
{
    /// <summary>
    /// Counts 0, 1, …, n of successes in n trials whose probability is Beta(α, β). The decoder outputs ln α and ln β; Skellam 1948.
    /// </summary>
    /// <param name="Trials">n; in [1, 10000].</param>
    public sealed partial record BetaBinomial(int Trials) : Likelihood, ILikelihood
    {
        // Draws and modes try every count.
        private const int MaxTrials = 10_000;

        // Bounds of ln α and ln β: from all mass at both ends to a binomial distribution.
        private const double Low = -8, High = 12;

        // α and β stay within their bounds for means that are a thousandth of n and more from 0 and n.
        private const double MinSum = 1, MaxSum = 1e4;

        string IPart<ILikelihood>.Name => $"beta-binomial, {Trials} trials";

        Shape ILikelihood.Outputs(Shape input) => OutputBlocks.Times(input, 2);

        bool ILikelihood.TakesNumbers => true;

        ValueList<Problem> ILikelihood.Problems(Shape input, string path) => Rules.Within($"{path}.trials", Trials, 1, MaxTrials);

        ValueList<Problem> ILikelihood.Problems(DataFacts data, string path) => DataRules.Classes(data.Values, path, Trials + 1);

        ValueList<double> ILikelihood.Levels => LevelMasses.Levels(Trials + 1, 1);

        /// <summary>Counts spread evenly over [−1, 1].</summary>
        T ILikelihood.ForEncoder<T>(T x) => 2.0 / Trials * x - 1;

        T ILikelihood.NegLogDensityPerValue<T>(PartState<T> state, T outputs, T x)
        {
            T alpha = Shape(outputs, 0), beta = Shape(outputs, 1), failures = Trials - x;
            var arrangements = Gammas.LogGamma(Trials + 1.0) - Gammas.LogGamma(x + 1) - Gammas.LogGamma(failures + 1);
            return Gammas.LogRising(alpha + beta, 0 * x + Trials)
                - Gammas.LogRising(alpha, x) - Gammas.LogRising(beta, failures) - arrangements;
        }

        T ILikelihood.Mean<T>(PartState<T> state, T outputs) => Trials * T.Sigmoid(T.Log(Shape(outputs, 0)) - T.Log(Shape(outputs, 1)));

        // α and β in proportion to the mean; their sum gives the variance where that is between a binomial's and a Bernoulli's.
        ValueList<double> ILikelihood.OutputsFor(Moments moments) => moments.Outputs((mean, variance) =>
        {
            double p = MomentOutputs.Inner(mean / Trials), binomial = Trials * p * (1 - p), excess = variance / binomial - 1;
            var sum = excess > 0 ? Math.Clamp((Trials - 1 - excess) / excess, MinSum, MaxSum) : MaxSum;
            return [
                Stable.InverseSoftClip(Math.Log(p * sum), Low, High), Stable.InverseSoftClip(Math.Log((1 - p) * sum), Low, High)];
        });

        NdArray ILikelihood.Draw(PartState<NdArray> state, NdArray outputs, NdArray uniforms) => LevelMasses.Draw(
            Enumerable.Range(0, Trials).Select(k => NdArray.Exp(-Cost(state, outputs, 0 * uniforms + k))), uniforms);

        NdArray ILikelihood.Mode(PartState<NdArray> state, NdArray outputs) => LevelMasses.Cheapest(
            Enumerable.Range(0, Trials + 1).Select(k => (double)k), 0 * OutputBlocks.Block(outputs, 0, 2), x => Cost(state, outputs, x));

        private NdArray Cost(PartState<NdArray> state, NdArray outputs, NdArray x) =>
            ((ILikelihood)this).NegLogDensityPerValue(state, outputs, x);

        private static T Shape<T>(T outputs, int which) where T : struct, ITensor<T> =>
            T.Exp(Stable.SoftClip(OutputBlocks.Block(outputs, which, 2), Low, High));
    }
}

public static partial class Likelihoods
{
    /// <summary>Counts of successes in n trials whose probability varies.</summary>
    /// <param name="trials">n; in [1, 10000].</param>
    public static Likelihood BetaBinomial(int trials) => new Likelihood.BetaBinomial(trials);
}
