namespace Vae;

public abstract partial record Prior
{
    /// <summary>Σ πₖ N(μₖ, diag σₖ²), all learned.</summary>
    /// <param name="Components">Number of components; ≥ 1.</param>
    public sealed partial record Mixture(int Components) : Prior, IPrior
    {
        private const string Weights = "weights", Means = "means", LogVariances = "logVariances";

        string IPart<IPrior>.Name => $"mixture of {Components} normals";

        int IPrior.Noise(int latent) => latent + 2 * Components;

        // The means start apart from each other: equal components would get equal gradients.
        ValueList<Parameter> IPrior.Learned(int latent, Shape input) => [
            new(Weights, Shape.Vector(Components), new(0, 0), true), new(Means, new([Components, latent]), new(1, 0), true),
            new(LogVariances, new([Components, latent]), new(0, 0), true)];

        ValueList<Problem> IPrior.Problems(int latent, string path) => Mixtures.Problems(path, Components);

        T IPrior.LogDensity<T>(PartState<T> state, T z) =>
            T.LogSumExp(Mixtures.LogDensities(z, state[Means], state[LogVariances]) + Row(state[Weights]), 1)
            - T.Reshape(T.LogSumExp(Row(state[Weights]), 1), 1);

        T IPrior.Sample<T>(PartState<T> state, T noise) => Mixtures.Sample(Row(state[Weights]), state[Means], state[LogVariances], noise);

        private static T Row<T>(T x) where T : struct, ITensor<T> => T.Reshape(x, 1, x.Dims[0]);
    }
}

public static partial class Priors
{
    /// <summary>A mixture of diagonal normals.</summary>
    /// <param name="components">Number of components; ≥ 1.</param>
    public static Prior Mixture(int components) => new Prior.Mixture(components);
}
