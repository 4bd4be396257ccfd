namespace Vae;

public abstract partial record Likelihood
{
    /// <summary>
    /// One of the ordered levels 0, 1, …, n − 1, by cumulative logits: P(x ≤ k) = σ(cₖ) with c₀ &lt; c₁ &lt; …; McCullagh 1980. The decoder
    /// outputs n − 1 numbers: c₀, and then each difference of neighbours before a softplus.
    /// </summary>
    /// <param name="Levels">n; in [2, 256].</param>
    public sealed partial record Ordinal(int Levels) : Likelihood, ILikelihood
    {
        private const int MaxLevels = 256;

        string IPart<ILikelihood>.Name => $"ordinal, {Levels} levels";

        Shape ILikelihood.Outputs(Shape input) => OutputBlocks.Times(input, Levels - 1L);

        bool ILikelihood.TakesNumbers => true;

        ValueList<Problem> ILikelihood.Problems(Shape input, string path) => Rules.Within($"{path}.levels", Levels, 2, MaxLevels);

        ValueList<Problem> ILikelihood.Problems(DataFacts data, string path) => DataRules.Classes(data.Values, path, Levels);

        ValueList<double> ILikelihood.Levels => LevelMasses.Levels(Levels, 1);

        /// <summary>Levels spread evenly over [−1, 1].</summary>
        T ILikelihood.ForEncoder<T>(T x) => 2 / (Levels - 1.0) * x - 1;

        T ILikelihood.NegLogDensityPerValue<T>(PartState<T> state, T outputs, T x)
        {
            var cuts = Cuts(outputs);
            var sum = 0 * x;
            for (var k = 0; k < cuts.Count; k++)
            {
                // The cut lies above level k and below level k + 1; numbers beyond the ends are those of the ends.
                T above = Stable.Above(x, k + 0.5);
                T isBelow = k == 0 ? 1 - above : Stable.Above(x, k - 0.5) - above;
                T isNext = k == cuts.Count - 1 ? above : above - Stable.Above(x, k + 1.5);
                sum += isBelow * T.LogSigmoid(cuts[k]) + isNext * T.LogSigmoid(-cuts[k]);
                // σ(c) − σ(b) = σ(c)·σ(−b)·(1 − e⁻⁽ᶜ⁻ᵇ⁾), whose last factor is σ of the number before the softplus.
                if (k > 0)
                    sum += isBelow * T.LogSigmoid(OutputBlocks.Block(outputs, k, Levels - 1));
            }
            return -sum;
        }

        /// <summary>Σ P(x &gt; k).</summary>
        T ILikelihood.Mean<T>(PartState<T> state, T outputs) =>
            Cuts(outputs).Select(cut => T.Sigmoid(-cut)).Aggregate((a, b) => a + b);

        // The masses of greatest entropy with the mean, as cumulative logits.
        ValueList<double> ILikelihood.OutputsFor(Moments moments) => moments.Outputs((mean, _) =>
        {
            var logits = MomentOutputs.Levels(MomentOutputs.Inner(mean / (Levels - 1)) * (Levels - 1), Levels);
            double[] masses = [.. logits.Select(logit => Math.Exp(logit - logits.Max()))];
            double[] cuts = [.. Enumerable.Range(1, Levels - 1).Select(k => Math.Log(masses[..k].Sum() / masses[k..].Sum()))];
            return [.. cuts.Select((cut, k) => k == 0 ? cut : Stable.InverseSoftplus(cut - cuts[k - 1]))];
        });

        NdArray ILikelihood.Draw(PartState<NdArray> state, NdArray outputs, NdArray uniforms) =>
            Cuts(outputs).Select(cut => Stable.Above(uniforms - NdArray.Sigmoid(cut), 0)).Aggregate((a, b) => a + b);

        NdArray ILikelihood.Mode(PartState<NdArray> state, NdArray outputs) => LevelMasses.Cheapest(
            Enumerable.Range(0, Levels).Select(k => (double)k), 0 * OutputBlocks.Block(outputs, 0, Levels - 1),
            x => ((ILikelihood)this).NegLogDensityPerValue(state, outputs, x));

        private List<T> Cuts<T>(T outputs) where T : struct, ITensor<T>
        {
            var cuts = new List<T> { OutputBlocks.Block(outputs, 0, Levels - 1) };
            for (var k = 1; k < Levels - 1; k++)
                cuts.Add(cuts[^1] + Stable.Softplus(OutputBlocks.Block(outputs, k, Levels - 1)));
            return cuts;
        }
    }
}

public static partial class Likelihoods
{
    /// <summary>One of the ordered levels 0, 1, …, n − 1.</summary>
    /// <param name="levels">n; in [2, 256].</param>
    public static Likelihood Ordinal(int levels) => new Likelihood.Ordinal(levels);
}
