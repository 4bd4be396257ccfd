namespace Vae;

/// <summary>What <see cref="Likelihood.Laplace"/> means.</summary>
internal sealed record LaplaceLikelihood(Scale Scale) : ILikelihood
{
    public string Name => $"Laplace, {ScaleTerms.Name(Scale, "b")}";

    public ILikelihood With(ValueList<double> settings) => this;

    public Shape Outputs(Shape input) => OutputBlocks.Times(input, ScaleTerms.Outputs(Scale));

    public bool IsSeparable => Scale is not Scale.Optimal;

    public ValueList<Parameter> Learned(Shape input) => ScaleTerms.Learned(Scale);

    public ValueList<Problem> Problems(Shape input, string path) => ScaleTerms.Problems(Scale, path);

    public T NegLogDensityPerValue<T>(PartState<T> state, T outputs, T x) where T : struct, ITensor<T>
    {
        var distance = Distance(outputs, x);
        var logB = ScaleTerms.LogScale(Scale, state, outputs, distance, 1);
        return distance * T.Exp(-logB) + logB + Math.Log(2);
    }

    public T Mean<T>(PartState<T> state, T outputs) where T : struct, ITensor<T> => ScaleTerms.Centre(Scale, outputs);

    public IReadOnlyDictionary<string, T> Updated<T>(PartState<T> state, T outputs, T x) where T : struct, ITensor<T> =>
        ScaleTerms.Updated(Scale, state, Distance(outputs, x));

    private T Distance<T>(T outputs, T x) where T : struct, ITensor<T> => T.Abs(x - ScaleTerms.Centre(Scale, outputs));
}
