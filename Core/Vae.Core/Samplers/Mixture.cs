namespace Vae;

public abstract partial record Sampler
{
    /// <summary>
    /// Σ πₖ N(μₖ, Σₖ) with full covariances, fitted by expectation–maximization. A model conditioned on a label gets one mixture for
    /// each class.
    /// </summary>
    /// <param name="Components">K; ≥ 1, with at least D + 1 codes for each component.</param>
    public sealed partial record Mixture(int Components) : Sampler
    {
        internal override string Name => $"a mixture of {Components} normals with full covariances";

        internal override ValueList<Problem> Problems(VaeSpec model, string path) => Rules.Size($"{path}.components", Components);

        internal override ValueList<Problem> Problems(VaeSpec model, int codes, string of, string path) =>
            Rules.If((long)Components * (model.Latent + 1) > codes, $"{path}.components",
                $"must be at most {codes / (model.Latent + 1)} for {codes} {of} of {model.Latent} numbers, {model.Latent + 1} each",
                Components);
    }
}

public static partial class Samplers
{
    /// <summary>A mixture of normals with full covariances. Ghosh et al. 2020 use 10.</summary>
    /// <param name="components">Number of components; ≥ 1.</param>
    public static Sampler Mixture(int components = 10) => new Sampler.Mixture(components);
}
