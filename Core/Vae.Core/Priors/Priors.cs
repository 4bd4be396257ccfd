namespace Vae;

/// <summary>Priors by name, and what each means: a prior is added here, in <see cref="Prior"/> and in a file of its own.</summary>
public static class Priors
{
    /// <summary>N(0, I).</summary>
    public static Prior StandardNormal { get; } = new Prior.StandardNormal();

    /// <summary>N(μ(c), diag σ²(c)) with both from a network.</summary>
    public static Prior Conditional(Network network) => new Prior.Conditional(network);

    /// <summary>N(μ, diag σ²) with both learned.</summary>
    public static Prior LearnedNormal { get; } = new Prior.LearnedNormal();

    /// <summary>A mixture of so many normals.</summary>
    public static Prior Mixture(int components) => new Prior.Mixture(components);

    /// <summary>The mean of the posteriors of so many learned examples.</summary>
    public static Prior Vamp(int components) => new Prior.Vamp(components);

    /// <summary>Uniform where a posterior has its draws, a sphere or codes; <see cref="ArgumentException"/> for another, which has no uniform distribution.</summary>
    public static Prior Uniform(Support support) =>
        support == Supports.Sphere ? new Prior.UniformSphere() : new Prior.UniformCodes(Coded(support).Classes, support.Embedding);

    /// <summary>Position by position, where a posterior draws classes or codes; <see cref="ArgumentException"/> for another support.</summary>
    public static Prior Autoregressive(Support support, int width = 256) => new Prior.Autoregressive(Coded(support).Classes, support.Embedding, width);

    /// <summary>N(0, I) through flows.</summary>
    public static Prior Transformed(ValueList<Flow> flows) => new Prior.Transformed(flows);

    /// <summary>Several levels of latents, the top one N(0, I) if nothing else is given.</summary>
    public static Prior Hierarchical(Hierarchy levels, Prior? top = null) => new Prior.Hierarchical(levels, top ?? StandardNormal);

    /// <summary>The simplest prior for a posterior: N(0, I), with the posterior's levels if it has several, or uniform where draws are no real numbers.</summary>
    public static Prior Default(Posterior posterior) => posterior is Posterior.Hierarchical levels ? Hierarchical(levels.Levels) :
        Posteriors.Support(posterior) is var support && support == Supports.Sphere || support.Classes > 0 ? Uniform(support) : StandardNormal;

    /// <summary>A distribution of your own.</summary>
    public static Prior Custom(IPrior definition) => new Prior.Custom(definition);

    /// <summary>What it means.</summary>
    public static IPrior Meaning(Prior prior) => prior.Match<IPrior>(
        standardNormal: _ => new StandardNormalPrior(),
        conditional: _ => new ConditionalPrior(),
        learnedNormal: _ => new LearnedNormalPrior(),
        mixture: m => new MixturePrior(m.Components),
        vamp: v => new VampPrior(v.Components),
        uniformSphere: _ => new UniformSpherePrior(),
        uniformCodes: u => new UniformCodesPrior(u.Classes, u.Embedding),
        autoregressive: a => new AutoregressivePrior(a.Classes, a.Embedding, a.Width),
        transformed: t => new TransformedPrior(t.Steps),
        hierarchical: h => new HierarchicalPrior(h.Levels, h.Top),
        custom: c => c.Definition);

    /// <summary>Whether it has something to learn, which only a divergence teaches it.</summary>
    public static bool IsLearned(Prior prior) => prior switch
    {
        Prior.StandardNormal or Prior.UniformSphere or Prior.UniformCodes => false,
        Prior.Custom custom => custom.Definition.Learned(1, Shape.Vector(1)).Count > 0,
        Prior.Hierarchical levels => Hierarchies.Latents(levels.Levels).Count > 1 || IsLearned(levels.Top),
        _ => true,
    };

    /// <summary>Its name for people.</summary>
    public static string Name(Prior prior) => Meaning(prior).Name;

    /// <summary>ln p(z). z [B, D] → [B]; nats.</summary>
    public static T LogDensity<T>(Prior prior, T z, PartState<T>? state = null) where T : struct, ITensor<T> =>
        Meaning(prior).LogDensity(state ?? PartState<T>.Empty, z);

    /// <summary>A draw from p(z) as a function of noise [B, N] from N(0, 1) → [B, D].</summary>
    public static T Sample<T>(Prior prior, T noise, PartState<T>? state = null) where T : struct, ITensor<T> =>
        Meaning(prior).Sample(state ?? PartState<T>.Empty, noise);

    private static Support Coded(Support support) => support.Classes > 0 ? support
        : throw new ArgumentException($"support: must be classes or codes, got {support.Name}", nameof(support));
}
