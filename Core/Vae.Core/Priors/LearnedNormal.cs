namespace Vae;

/// <summary>What <see cref="Prior.LearnedNormal"/> means.</summary>
internal sealed record LearnedNormalPrior : IPrior
{
    private const string Mean = "mean", LogVariance = "logVariance";

    public string Name => "learned normal";

    public IPrior With(ValueList<double> settings) => this;

    public ValueList<Parameter> Learned(int latent, Shape input) =>
        [new(Mean, Shape.Vector(latent), new(0, 0), true), new(LogVariance, Shape.Vector(latent), new(0, 0), true)];

    public T LogDensity<T>(PartState<T> state, T z) where T : struct, ITensor<T> => Normals.LogDensity(z, Row(state[Mean]), Row(state[LogVariance]));

    public T Sample<T>(PartState<T> state, T noise) where T : struct, ITensor<T> => Reparameterizations.Normal(Row(state[Mean]), Row(state[LogVariance]), noise);

    public PriorForm<T> Form<T>(PartState<T> state) where T : struct, ITensor<T> => new(T.Concat(Row(state[Mean]), Row(state[LogVariance]), 1));

    private static T Row<T>(T x) where T : struct, ITensor<T> => T.Reshape(x, 1, x.Dims[0]);
}
