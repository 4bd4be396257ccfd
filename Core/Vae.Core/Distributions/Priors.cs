namespace Vae;

/// <summary>Priors by name, and what each means: a prior is added here, in <see cref="Prior"/> and in a file of its own.</summary>
public static class Priors
{
    /// <summary>N(0, I).</summary>
    public static Prior StandardNormal { get; } = new Prior.StandardNormal();

    /// <summary>N(μ(c), diag σ²(c)) with both from a network.</summary>
    public static Prior Conditional(Network network) => new Prior.Conditional(network);

    /// <summary>A distribution of your own.</summary>
    public static Prior Custom(IPrior definition) => new Prior.Custom(definition);

    /// <summary>What it means.</summary>
    public static IPrior Meaning(Prior prior) => prior.Match<IPrior>(
        standardNormal: _ => new StandardNormalPrior(),
        conditional: _ => new ConditionalPrior(),
        custom: c => c.Definition);

    /// <summary>Its name for people.</summary>
    public static string Name(Prior prior) => Meaning(prior).Name;

    /// <summary>ln p(z). z [B, D] → [B]; nats.</summary>
    public static T LogDensity<T>(Prior prior, T z, PartState<T>? state = null) where T : struct, ITensor<T> =>
        Meaning(prior).LogDensity(state ?? PartState<T>.Empty, z);

    /// <summary>A draw from p(z) as a function of noise [B, N] from N(0, 1) → [B, D].</summary>
    public static T Sample<T>(Prior prior, T noise, PartState<T>? state = null) where T : struct, ITensor<T> =>
        Meaning(prior).Sample(state ?? PartState<T>.Empty, noise);
}
