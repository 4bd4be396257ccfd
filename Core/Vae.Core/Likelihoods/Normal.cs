namespace Vae;

/// <summary>What <see cref="Likelihood.Normal"/> means.</summary>
internal sealed record NormalLikelihood(Scale Scale) : ILikelihood
{
    public string Name => $"normal, {ScaleTerms.Name(Scale, "σ")}";

    public ILikelihood With(ValueList<double> settings) => this;

    public Shape Outputs(Shape input) => OutputBlocks.Times(input, ScaleTerms.Outputs(Scale));

    public bool IsSeparable => Scale is not Scale.Optimal;

    public ValueList<Parameter> Learned(Shape input) => ScaleTerms.Learned(Scale);

    public ValueList<Problem> Problems(Shape input, string path) => ScaleTerms.Problems(Scale, path);

    public T NegLogDensityPerValue<T>(PartState<T> state, T outputs, T x) where T : struct, ITensor<T>
    {
        if (Scale is Scale.Fixed given)
            return -Normals.LogDensityPerValue(x, outputs, given.Sigma);
        var square = Square(outputs, x);
        var logSigma = ScaleTerms.LogScale(Scale, state, outputs, square, 2);
        return 0.5 * square * T.Exp(-2 * logSigma) + logSigma + 0.5 * Math.Log(2 * Math.PI);
    }

    public T Mean<T>(PartState<T> state, T outputs) where T : struct, ITensor<T> => ScaleTerms.Centre(Scale, outputs);

    public IReadOnlyDictionary<string, T> Updated<T>(PartState<T> state, T outputs, T x) where T : struct, ITensor<T> =>
        ScaleTerms.Updated(Scale, state, Square(outputs, x));

    private T Square<T>(T outputs, T x) where T : struct, ITensor<T> => T.Square(x - ScaleTerms.Centre(Scale, outputs));
}
