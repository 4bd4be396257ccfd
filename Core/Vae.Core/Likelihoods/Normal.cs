namespace Vae;

public abstract partial record Likelihood
{
    /// <summary>N(x̂, σ²) for each value. The decoder outputs x̂, and ln σ if σ is learned for each value.</summary>
    /// <param name="Scale">σ. With σ fixed at 1/√2 the negative log-density is ‖x − x̂‖² plus a constant.</param>
    public sealed partial record Normal(Scale Scale) : Likelihood, ILikelihood
    {
        string IPart<ILikelihood>.Name => $"normal, {Scale.Title("σ")}";

        Shape ILikelihood.Outputs(Shape input) => OutputBlocks.Times(input, Scale.Outputs);

        bool ILikelihood.IsSeparable => Scale.IsSeparable;

        ValueList<Parameter> ILikelihood.Learned(Shape input) => Scale.Parameters;

        ValueList<Problem> ILikelihood.Problems(Shape input, string path) => Scale.Problems(path);

        T ILikelihood.NegLogDensityPerValue<T>(PartState<T> state, T outputs, T x)
        {
            if (Scale is Scale.Fixed given)
                return -Normals.LogDensityPerValue(x, outputs, given.Sigma);
            var square = Square(outputs, x);
            var logSigma = Scale.Log(state, outputs, square, 2);
            return 0.5 * square * T.Exp(-2 * logSigma) + logSigma + 0.5 * Math.Log(2 * Math.PI);
        }

        T ILikelihood.Mean<T>(PartState<T> state, T outputs) => Scale.Centre(outputs);

        NdArray ILikelihood.Draw(PartState<NdArray> state, NdArray outputs, NdArray uniforms) =>
            Scale.Apply(state, outputs, NdArray.Map(uniforms, Normals.Quantile), power: 2);

        NdArray ILikelihood.Mode(PartState<NdArray> state, NdArray outputs) => Scale.Centre(outputs);

        IReadOnlyDictionary<string, T> ILikelihood.Updated<T>(PartState<T> state, T outputs, T x) =>
            Scale.Updated(state, Square(outputs, x));

        private T Square<T>(T outputs, T x) where T : struct, ITensor<T> => T.Square(x - Scale.Centre(outputs));
    }
}

public static partial class Likelihoods
{
    /// <summary>N(x̂, σ²) for each value, with a fixed σ.</summary>
    /// <param name="sigma">σ; &gt; 0.</param>
    /// <example>
    /// <code>
    /// VaeSpec spec = Zoo.Mlp(Shape.Image(1, 28, 28)).With(likelihood: Likelihoods.Normal(sigma: 0.1));
    /// </code>
    /// </example>
    public static Likelihood Normal(double sigma = 1) => Normal(Scales.Fixed(sigma));

    /// <summary>N(x̂, σ²) for each value.</summary>
    /// <param name="scale">σ: fixed, learned, shared or optimal.</param>
    public static Likelihood Normal(Scale scale) => new Likelihood.Normal(scale);

    /// <summary>N(x̂, I/2): its negative log-density is ‖x − x̂‖² plus the constant (n/2)·ln π.</summary>
    public static Likelihood SquaredError { get; } = Normal(Math.Sqrt(0.5));
}
