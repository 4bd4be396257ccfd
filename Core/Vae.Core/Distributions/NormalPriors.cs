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

/// <summary>What <see cref="Prior.Vamp"/> means.</summary>
internal sealed record VampPrior(int Components) : IPrior
{
    public string Name => $"VampPrior of {Components} examples";

    public IPrior With(ValueList<double> settings) => this;

    public int Noise(int latent) => latent + 2 * Components;

    public ValueList<Parameter> Learned(int latent, Shape input) => [new(PriorStates.PseudoInputs, new([Components, .. input.Dims]), new(0.5, 0.5), true)];

    public ValueList<Problem> Problems(int latent, string path) => Mixtures.Problems(path, Components);

    public T LogDensity<T>(PartState<T> state, T z) where T : struct, ITensor<T> =>
        Stable.LogMeanExp(Mixtures.LogDensities(z, Normals.Mu(state[PriorStates.PseudoOutputs]), Normals.LogVar(state[PriorStates.PseudoOutputs])), 1);

    public T Sample<T>(PartState<T> state, T noise) where T : struct, ITensor<T>
    {
        var q = state[PriorStates.PseudoOutputs];
        return Mixtures.Sample(T.Reshape(0.0 * T.Sum(q, 1), 1, Components), Normals.Mu(q), Normals.LogVar(q), noise);
    }
}

/// <summary>What mixtures of diagonal normals share.</summary>
internal static class Mixtures
{
    public static ValueList<Problem> Problems(string path, int components) => Rules.Size($"{path}.components", components);

    /// <summary>ln N(z; μₖ, σₖ²). z [B, D], μ and ln σ² [K, D] → [B, K].</summary>
    public static T LogDensities<T>(T z, T means, T logVariances) where T : struct, ITensor<T>
    {
        int rows = z.Dims[0], size = z.Dims[1], components = means.Dims[0];
        T apart = T.Reshape(z, rows, 1, size) - T.Reshape(means, 1, components, size), precisions = T.Reshape(T.Exp(-logVariances), 1, components, size);
        var constants = T.Sum(logVariances, 1) + size * Math.Log(2 * Math.PI);
        return -0.5 * (T.Sum(T.Square(apart) * precisions, 2) + T.Reshape(constants, 1, components));
    }

    /// <summary>A component by the Gumbel-max rule, and a draw from it. Logits [1, K]; noise [B, D + 2·K].</summary>
    public static T Sample<T>(T logits, T means, T logVariances, T noise) where T : struct, ITensor<T>
    {
        int components = means.Dims[0], size = means.Dims[1];
        var chosen = Reparameterizations.Categorical(logits, T.Slice(noise, 1, size, 2 * components));
        return Reparameterizations.Normal(T.MatMul(chosen, means), T.MatMul(chosen, logVariances), T.Slice(noise, 1, 0, size));
    }
}
