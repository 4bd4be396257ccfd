namespace Vae;

/// <summary>What <see cref="Likelihood.Normal"/> means.</summary>
internal sealed record NormalLikelihood(double Sigma) : ILikelihood
{
    public string Name => FormattableString.Invariant($"normal, σ = {Sigma:0.####}");

    public ILikelihood With(ValueList<double> settings) => new NormalLikelihood(settings[0]);

    public ValueList<Problem> Problems(Shape input, string path) => Rules.Positive($"{path}.sigma", Sigma);

    public T NegLogDensityPerValue<T>(PartState<T> state, T outputs, T x) where T : struct, ITensor<T> =>
        -Normals.LogDensityPerValue(x, outputs, Sigma);

    public T Mean<T>(PartState<T> state, T outputs) where T : struct, ITensor<T> => outputs;
}
