namespace Vae;

public abstract partial record Likelihood
{
    /// <summary>
    /// Laplace(x̂, b) for each value, where b is the mean absolute error. Outliers cost less than with a normal distribution.
    /// </summary>
    /// <param name="Scale">b; the variance is 2b².</param>
    public sealed partial record Laplace(Scale Scale) : Likelihood, ILikelihood
    {
        string IPart<ILikelihood>.Name => $"Laplace, {Scale.Title("b")}";

        Shape ILikelihood.Outputs(Shape input) => OutputBlocks.Times(input, Scale.Outputs);

        bool ILikelihood.IsSeparable => Scale.IsSeparable;

        ValueList<Parameter> ILikelihood.Learned(Shape input) => Scale.Parameters;

        ValueList<Problem> ILikelihood.Problems(Shape input, string path) => Scale.Problems(path);

        T ILikelihood.NegLogDensityPerValue<T>(PartState<T> state, T outputs, T x)
        {
            var distance = Distance(outputs, x);
            var logB = Scale.Log(state, outputs, distance, 1);
            return distance * T.Exp(-logB) + logB + Math.Log(2);
        }

        T ILikelihood.Mean<T>(PartState<T> state, T outputs) => Scale.Centre(outputs);

        NdArray ILikelihood.Draw(PartState<NdArray> state, NdArray outputs, NdArray uniforms) =>
            Scale.Apply(state, outputs, NdArray.Map(uniforms, Quantile), power: 1);

        NdArray ILikelihood.Mode(PartState<NdArray> state, NdArray outputs) => Scale.Centre(outputs);

        IReadOnlyDictionary<string, T> ILikelihood.Updated<T>(PartState<T> state, T outputs, T x) =>
            Scale.Updated(state, Distance(outputs, x));

        private static double Quantile(double p) => p < 0.5 ? Math.Log(2 * p) : -Math.Log(2 * (1 - p));

        private T Distance<T>(T outputs, T x) where T : struct, ITensor<T> => T.Abs(x - Scale.Centre(outputs));
    }
}

public static partial class Likelihoods
{
    /// <summary>Laplace(x̂, b) for each value.</summary>
    /// <param name="scale">b: fixed, learned, shared or optimal.</param>
    public static Likelihood Laplace(Scale scale) => new Likelihood.Laplace(scale);
}
