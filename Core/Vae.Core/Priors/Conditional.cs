namespace Vae;

public abstract partial record Prior
{
    /// <summary>p(z|c) = N(μ(c), diag σ²(c)), learned; Sohn et al. 2015, eq. 4.</summary>
    /// <param name="Network">c → μ and ln σ², in this order. An image c reaches it as an image unless its first layer flattens
    /// it.</param>
    public sealed partial record Conditional(Network Network) : Prior, IPrior
    {
        string IPart<IPrior>.Name => "conditional";

        T IPrior.LogDensity<T>(PartState<T> state, T z) =>
            Normals.LogDensity(z, Normals.Mu(state[PriorStates.Outputs]), Normals.LogVar(state[PriorStates.Outputs]));

        T IPrior.Sample<T>(PartState<T> state, T noise) =>
            Reparameterizations.Normal(Normals.Mu(state[PriorStates.Outputs]), Normals.LogVar(state[PriorStates.Outputs]), noise);

        PriorForm<T> IPrior.Form<T>(PartState<T> state) => new(state[PriorStates.Outputs]);
    }
}

public static partial class Priors
{
    /// <summary>N(μ(c), diag σ²(c)) with μ and σ from a network.</summary>
    /// <param name="network">c → μ and ln σ², in this order.</param>
    public static Prior Conditional(Network network) => new Prior.Conditional(network);
}
