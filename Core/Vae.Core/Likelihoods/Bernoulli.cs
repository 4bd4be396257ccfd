namespace Vae;

public abstract partial record Likelihood
{
    /// <summary>Independent Bernoulli values. The decoder outputs logits.</summary>
    /// <param name="SoftTargets">
    /// Whether values between 0 and 1 are accepted as soft targets. The loss is then a cross-entropy and not a log-density.
    /// </param>
    public sealed partial record Bernoulli(bool SoftTargets = false) : Likelihood, ILikelihood
    {
        string IPart<ILikelihood>.Name => SoftTargets ? "cross-entropy" : "Bernoulli";

        bool ILikelihood.IsDensity => !SoftTargets;

        ValueList<double> ILikelihood.Levels => SoftTargets ? [] : [0, 1];

        // Outside [0, 1] the cross-entropy has no minimum, and training would diverge.
        ValueList<Problem> ILikelihood.Problems(DataFacts data, string path) => SoftTargets
            ? DataRules.Unit(data.Values, path, "cross-entropy")
            : Rules.If(!data.IsBinary, path,
                "bernoulli is a density of 0 and 1 only (binarize the data, or use cross-entropy)", "intensities");

        T ILikelihood.NegLogDensityPerValue<T>(PartState<T> state, T outputs, T x) =>
            Bernoullis.NegLogDensityPerValue(outputs, x);

        T ILikelihood.Mean<T>(PartState<T> state, T outputs) => T.Sigmoid(outputs);

        ValueList<double> ILikelihood.OutputsFor(Moments moments) =>
            moments.Outputs((mean, _) => [MomentOutputs.Logit(MomentOutputs.Inner(mean))]);

        /// <summary>0 or 1, with soft targets as well.</summary>
        NdArray ILikelihood.Draw(PartState<NdArray> state, NdArray outputs, NdArray uniforms) =>
            Stable.Above(NdArray.Sigmoid(outputs) - uniforms, 0);

        NdArray ILikelihood.Mode(PartState<NdArray> state, NdArray outputs) => Stable.Above(outputs, 0);
    }
}

public static partial class Likelihoods
{
    /// <summary>Independent Bernoulli values, for data of 0 and 1 only.</summary>
    public static Likelihood Bernoulli { get; } = new Likelihood.Bernoulli();

    /// <summary>The Bernoulli formula with soft targets between 0 and 1: a cross-entropy, not a density.</summary>
    public static Likelihood CrossEntropy { get; } = new Likelihood.Bernoulli(SoftTargets: true);
}
