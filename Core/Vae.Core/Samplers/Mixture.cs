namespace Vae;

public abstract partial record Sampler
{
    /// <summary>
    /// Σ πₖ N(μₖ, Σₖ) with full covariances, fitted by expectation–maximization. A model conditioned on a label gets one mixture for
    /// each class.
    /// </summary>
    /// <param name="Components">K; ≥ 1, with at least D + 1 codes for each component.</param>
    /// <param name="IsChosen">Whether K is chosen by cross-validation of the codes; then <c>Components</c> is its maximum.</param>
    public sealed partial record Mixture(int Components, bool IsChosen = false) : Sampler
    {
        internal override string Name =>
            $"a mixture of {(IsChosen ? "at most " : "")}{Components} normals with full covariances";

        internal override ValueList<Problem> Problems(VaeSpec model, string path) => Rules.Size($"{path}.components", Components);

        internal override ValueList<Problem> Problems(VaeSpec model, int codes, string of, string path) =>
            Rules.If((IsChosen ? 1 : (long)Components) * (model.Latent + 1) > codes, $"{path}.components",
                $"must be at most {codes / (model.Latent + 1)} for {codes} {of} of {model.Latent} numbers, {model.Latent + 1} each",
                Components);
    }
}

public static partial class Samplers
{
    /// <summary>A mixture of normals with full covariances. Ghosh et al. 2020 use 10.</summary>
    /// <param name="components">Number of components; ≥ 1.</param>
    public static Sampler Mixture(int components = 10) => new Sampler.Mixture(components);

    /// <summary>
    /// A mixture of as many normals as predict codes well that it was not fitted to: the default of tables, whose rows of one kind lie
    /// together in latent space.
    /// </summary>
    /// <param name="max">The most components that are tried; ≥ 1.</param>
    public static Sampler BestMixture(int max = 20) => new Sampler.Mixture(max, IsChosen: true);

    /// <summary>The sampler for the rows of a table: <see cref="BestMixture"/>, or the prior where codes are not real numbers.</summary>
    /// <param name="model">The model of the table.</param>
    public static Sampler OfTable(VaeSpec model) =>
        Problems(BestMixture(), model).Count == 0 ? BestMixture() : Prior;
}
