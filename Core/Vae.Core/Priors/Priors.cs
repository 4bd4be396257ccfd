namespace Vae;

/// <summary>Priors by name, and their formulas as functions.</summary>
public static partial class Priors
{
    /// <summary>The uniform distribution on the support of a posterior: a sphere, classes or codes.</summary>
    /// <param name="support">The support of the posterior.</param>
    /// <exception cref="ArgumentException">The support has no uniform distribution.</exception>
    public static Prior Uniform(Support support) =>
        support == Supports.Sphere ? new Prior.UniformSphere() : new Prior.UniformCodebook(Coded(support).Classes, support.Embedding);

    /// <summary>
    /// The simplest prior for a posterior: N(0, I), with the posterior's hierarchy if it has one, or uniform if draws are not real numbers.
    /// </summary>
    /// <param name="posterior">Any posterior.</param>
    public static Prior Default(Posterior posterior) => posterior is Posterior.Hierarchical q ? Hierarchical(q.Hierarchy) :
        Posteriors.Support(posterior) is var support && support == Supports.Sphere || support.Classes > 0 ? Uniform(support)
        : StandardNormal;

    /// <summary>A distribution that an application defines.</summary>
    /// <param name="definition">Its formulas.</param>
    public static Prior Custom(IPrior definition) => new Prior.Custom(definition);

    /// <summary>Whether it has learned parameters, which only the KL term trains.</summary>
    /// <param name="prior">Any prior.</param>
    public static bool IsLearned(Prior prior) => prior switch
    {
        Prior.StandardNormal or Prior.UniformSphere or Prior.UniformCodebook => false,
        Prior.Custom custom => custom.Definition.Learned(1, Shape.Vector(1)).Count > 0,
        Prior.Hierarchical p => Hierarchies.Latents(p.Hierarchy).Count > 1 || IsLearned(p.Top),
        _ => true,
    };

    /// <summary>The name that tables and pictures show.</summary>
    /// <param name="prior">Any prior.</param>
    public static string Name(Prior prior) => prior.Formulas().Name;

    /// <summary>ln p(z). [B, D] → [B]; nats.</summary>
    /// <param name="prior">A prior without problems.</param>
    /// <param name="z">[B, D].</param>
    /// <param name="state">Its learned tensors and networks; empty if not given.</param>
    public static T LogDensity<T>(Prior prior, T z, PartState<T>? state = null) where T : struct, ITensor<T> =>
        prior.Formulas().LogDensity(state ?? PartState<T>.Empty, z);

    /// <summary>A draw from p(z) as a function of noise. [B, N] → [B, D].</summary>
    /// <param name="prior">A prior without problems.</param>
    /// <param name="noise">Draws from N(0, 1), [B, N] with N of <see cref="IPrior.Noise"/>.</param>
    /// <param name="state">Its learned tensors and networks; empty if not given.</param>
    public static T Sample<T>(Prior prior, T noise, PartState<T>? state = null) where T : struct, ITensor<T> =>
        prior.Formulas().Sample(state ?? PartState<T>.Empty, noise);

    private static Support Coded(Support support) => support.Classes > 0 ? support
        : throw new ArgumentException($"support: must be classes or codes, got {support.Name}", nameof(support));
}
