namespace Vae;

/// <summary>What <see cref="Prior.Mixture"/> means.</summary>
internal sealed record MixturePrior(int Components) : IPrior
{
    private const string Weights = "weights", Means = "means", LogVariances = "logVariances";

    public string Name => $"mixture of {Components} normals";

    public IPrior With(ValueList<double> settings) => this;

    public int Noise(int latent) => latent + 2 * Components;

    // Apart from each other, or all would learn the same.
    public ValueList<Parameter> Learned(int latent, Shape input) => [
        new(Weights, Shape.Vector(Components), new(0, 0), true), new(Means, new([Components, latent]), new(1, 0), true),
        new(LogVariances, new([Components, latent]), new(0, 0), true)];

    public ValueList<Problem> Problems(int latent, string path) => Mixtures.Problems(path, Components);

    public T LogDensity<T>(PartState<T> state, T z) where T : struct, ITensor<T> =>
        T.LogSumExp(Mixtures.LogDensities(z, state[Means], state[LogVariances]) + Row(state[Weights]), 1) - T.Reshape(T.LogSumExp(Row(state[Weights]), 1), 1);

    public T Sample<T>(PartState<T> state, T noise) where T : struct, ITensor<T> => Mixtures.Sample(Row(state[Weights]), state[Means], state[LogVariances], noise);

    private static T Row<T>(T x) where T : struct, ITensor<T> => T.Reshape(x, 1, x.Dims[0]);
}
