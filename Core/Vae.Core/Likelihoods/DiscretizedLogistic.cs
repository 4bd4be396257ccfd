namespace Vae;

public abstract partial record Likelihood
{
    /// <summary>
    /// One of n levels k/(n − 1) for each value. Its mass is that of a mixture of logistics between the midpoints of levels, with the
    /// outermost intervals open to infinity, for x scaled to [−1, 1]; Salimans et al. 2017, eq. 2. Values are independent given z: unlike
    /// in that paper, one colour does not depend on another.
    /// </summary>
    /// <param name="Components">
    /// Number of mixture components; ≥ 1. Each has a mean and a log-scale, and a logit if there are several.
    /// </param>
    /// <param name="Levels">n; ≥ 2. Bytes have 256 levels.</param>
    public sealed partial record DiscretizedLogistic(int Components = 1, int Levels = 256) : Likelihood, ILikelihood
    {
        // Bounds of ln s. Below, all mass is in one level; above, half of it is at each end.
        private const double Low = -7, High = 7;

        string IPart<ILikelihood>.Name =>
            Components == 1 ? $"discretized logistic, {Levels} levels" : $"mixture of {Components} discretized logistics, {Levels} levels";

        Shape ILikelihood.Outputs(Shape input) => OutputBlocks.Times(input, (long)Components * PerValue);

        ValueList<Problem> ILikelihood.Problems(Shape input, string path) =>
            [.. Rules.AtLeast($"{path}.components", Components, 1), .. Rules.AtLeast($"{path}.levels", Levels, 2)];

        ValueList<Problem> ILikelihood.Problems(DataFacts data, string path) =>
            DataRules.Levels(data.Values, path, Levels, "discretized logistic");

        ValueList<double> ILikelihood.Levels => LevelMasses.Levels(Levels, 1 / (Levels - 1.0));

        T ILikelihood.NegLogDensityPerValue<T>(PartState<T> state, T outputs, T x)
        {
            var y = 2 * OutputBlocks.Apart(x) - 1;
            T mu = Part(outputs, 0), logScale = LogScale(outputs), inverse = T.Exp(-logScale), middle = (y - mu) * inverse;
            // Half a level in units of s.
            var half = inverse / (Levels - 1.0);
            T first = 1 - Stable.Above(y, -1 + 1.0 / (Levels - 1)), last = Stable.Above(y, 1 - 1.0 / (Levels - 1));
            // σ(a) − σ(b) = σ(a)·σ(−b)·(1 − e⁻⁽ᵃ⁻ᵇ⁾); the first level has no b, the last no a.
            var log = T.LogSigmoid(middle + half) * (1 - last) + T.LogSigmoid(half - middle) * (1 - first)
                + (T.Log(T.Tanh(half)) + T.Log1p(T.Exp(-2 * half))) * (1 - first) * (1 - last);
            return Components == 1 ? T.Sum(-log, 1) : -T.LogSumExp(log + LogWeights(outputs), 1);
        }

        /// <summary>Σ P(X ≥ k/(n − 1)) / (n − 1): the mean, including the mass of the open intervals at both ends.</summary>
        T ILikelihood.Mean<T>(PartState<T> state, T outputs)
        {
            T mu = Part(outputs, 0), inverse = T.Exp(-LogScale(outputs)), sum = 0 * mu;
            for (var k = 1; k < Levels; k++)
                sum += T.Sigmoid((mu + (1 - (2.0 * k - 1) / (Levels - 1))) * inverse);
            var means = sum / (Levels - 1.0);
            return Components == 1 ? T.Sum(means, 1) : T.Sum(T.Exp(LogWeights(outputs)) * means, 1);
        }

        // Components of equal weights side by side, moved together until the mean is right; the variance of a logistic is (πs)²/3.
        ValueList<double> ILikelihood.OutputsFor(Moments moments)
        {
            double[] s = [.. moments.Variances.Select(variance =>
                Math.Clamp(2 * Math.Sqrt(3 * variance) / Math.PI, 1.0 / (Levels - 1), 1))];
            double[] Each(Func<int, int, double> of) => [.. Enumerable.Range(0, Components).SelectMany(k => s.Select((_, i) => of(k, i)))];
            double[] At(double[] centres) => [
                .. Each((k, i) => centres[i] + s[i] * (2 * k + 1 - Components)),
                .. Each((_, i) => Stable.InverseSoftClip(Math.Log(s[i]), Low, High)),
                .. PerValue == 2 ? [] : Each((_, _) => 0)];
            return [.. At(MomentOutputs.Solve(
                centres => Likelihoods.Mean(this, NdArray.FromValues(At(centres), 1, PerValue * Components * s.Length)).ToArray(),
                [.. moments.Means.Select(mean => MomentOutputs.Inner(mean))], Components + 20))];
        }

        Shape ILikelihood.Uniforms(Shape input) => OutputBlocks.Times(input, Components == 1 ? 1 : 2);

        /// <summary>The first uniform number of a value chooses the component, if there are several, and the last one its draw.</summary>
        NdArray ILikelihood.Draw(PartState<NdArray> state, NdArray outputs, NdArray uniforms)
        {
            var count = Components == 1 ? 1 : 2;
            var logistic = NdArray.Map(OutputBlocks.Block(uniforms, count - 1, count), p => Math.Log(p) - Math.Log(1 - p));
            var draws = Part(outputs, 0) + NdArray.Exp(LogScale(outputs)) * OutputBlocks.Apart(logistic);
            var chosen = Components == 1 ? 0 * logistic : LevelMasses.Draw(
                OutputBlocks.Block(outputs, 2, PerValue), OutputBlocks.Block(uniforms, 0, count), Components, 1);
            var drawn = NdArray.Sum(draws * LevelMasses.OneHot(chosen, Components, 1), 1);
            return NdArray.Map(drawn, y => Math.Clamp(Math.Round((y + 1) / 2 * (Levels - 1)), 0, Levels - 1) / (Levels - 1.0));
        }

        NdArray ILikelihood.Mode(PartState<NdArray> state, NdArray outputs) => LevelMasses.Cheapest(
            Enumerable.Range(0, Levels).Select(k => k / (Levels - 1.0)), 0 * OutputBlocks.Level(Part(outputs, 0), 0),
            x => ((ILikelihood)this).NegLogDensityPerValue(state, outputs, x));

        private int PerValue => Components == 1 ? 2 : 3;

        // [B, P·K·C, …] → [B, K, C, …].
        private T Part<T>(T outputs, int which) where T : struct, ITensor<T> =>
            OutputBlocks.Split(OutputBlocks.Block(outputs, which, PerValue), Components);

        private T LogScale<T>(T outputs) where T : struct, ITensor<T> => Stable.SoftClip(Part(outputs, 1), Low, High);

        private T LogWeights<T>(T outputs) where T : struct, ITensor<T>
        {
            var logits = Part(outputs, 2);
            return logits - OutputBlocks.Apart(T.LogSumExp(logits, 1));
        }
    }
}

public static partial class Likelihoods
{
    /// <summary>One of n levels for each value, with a mixture of logistics; Salimans et al. 2017.</summary>
    /// <param name="components">Number of mixture components; ≥ 1.</param>
    /// <param name="levels">n; ≥ 2.</param>
    public static Likelihood DiscretizedLogistic(int components = 1, int levels = 256) =>
        new Likelihood.DiscretizedLogistic(components, levels);
}
