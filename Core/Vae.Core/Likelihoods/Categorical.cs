namespace Vae;

public abstract partial record Likelihood
{
    /// <summary>One of n levels k/(n − 1) for each value. The decoder outputs n logits.</summary>
    /// <param name="Levels">n; ≥ 2. Bytes have 256 levels.</param>
    public sealed partial record Categorical(int Levels = 256) : Likelihood, ILikelihood
    {
        string IPart<ILikelihood>.Name => $"categorical, {Levels} levels";

        Shape ILikelihood.Outputs(Shape input) => OutputBlocks.Times(input, Levels);

        ValueList<Problem> ILikelihood.Problems(Shape input, string path) => Rules.AtLeast($"{path}.levels", Levels, 2);

        ValueList<Problem> ILikelihood.Problems(DataFacts data, string path) => DataRules.Levels(data.Values, path, Levels, "categorical");

        T ILikelihood.NegLogDensityPerValue<T>(PartState<T> state, T outputs, T x) =>
            LevelMasses.NegLogDensityPerValue(outputs, x, Levels, Step);

        T ILikelihood.Mean<T>(PartState<T> state, T outputs) => LevelMasses.Mean(outputs, Levels, Step);

        // The variance has no output of its own: of all masses with the mean, those of greatest entropy.
        ValueList<double> ILikelihood.OutputsFor(Moments moments) =>
            moments.Outputs((mean, _) => MomentOutputs.Levels(MomentOutputs.Inner(mean) * (Levels - 1), Levels));

        NdArray ILikelihood.Draw(PartState<NdArray> state, NdArray outputs, NdArray uniforms) =>
            LevelMasses.Draw(outputs, uniforms, Levels, Step);

        NdArray ILikelihood.Mode(PartState<NdArray> state, NdArray outputs) => LevelMasses.Mode(outputs, Levels, Step);

        ValueList<double> ILikelihood.Levels => LevelMasses.Levels(Levels, Step);

        private double Step => 1 / (Levels - 1.0);
    }
}

public static partial class Likelihoods
{
    /// <summary>One of n levels k/(n − 1) for each value, parameterized by n logits.</summary>
    /// <param name="levels">n; ≥ 2.</param>
    public static Likelihood Categorical(int levels = 256) => new Likelihood.Categorical(levels);
}
