namespace Vae;

/// <summary>The distribution p(z), or p(z|c).</summary>
[Closed]
public abstract partial record Prior
{
    /// <summary>N(0, I).</summary>
    public sealed partial record StandardNormal : Prior;

    /// <summary>p(z|c) = N(μ(c), diag σ²(c)), learned; Sohn et al. 2015, eq. 4.</summary>
    /// <param name="Network">c → μ and ln σ², in this order; an image c reaches it as an image unless its first layer flattens it.</param>
    public sealed partial record Conditional(Network Network) : Prior;

    /// <summary>N(μ, diag σ²) with both learned; it starts as N(0, I).</summary>
    public sealed partial record LearnedNormal : Prior;

    /// <summary>Σ πₖ N(μₖ, diag σₖ²) with all learned.</summary>
    /// <param name="Components">Their number; ≥ 1.</param>
    public sealed partial record Mixture(int Components) : Prior;

    /// <summary>The mean of the posteriors q(z|uₖ) of learned examples uₖ; with diagonal normal posteriors of models without a condition; Tomczak &amp; Welling 2018, eq. 11.</summary>
    /// <remarks>
    /// Nothing holds the posteriors that it mixes near 0. What is learned first of binary images, their mean, moves codes as far as it
    /// helps, and where that is to the ends of layers of tanh, no gradient is left: choose ReLU and the like.
    /// </remarks>
    /// <param name="Components">The number of such examples; ≥ 1.</param>
    public sealed partial record Vamp(int Components) : Prior;

    /// <summary>Uniform on the unit sphere, for von Mises–Fisher posteriors; Davidson et al. 2018.</summary>
    public sealed partial record UniformSphere : Prior;

    /// <summary>Every code equally likely at every position, for posteriors of classes and codebooks.</summary>
    /// <param name="Classes">Classes of a block, or codes of the codebook; ≥ 2.</param>
    /// <param name="Embedding">The length of a code's vector; 0 where blocks of z are one-hot.</param>
    public sealed partial record UniformCodes(int Classes, int Embedding) : Prior;

    /// <summary>p(z) = Π p(zᵢ | z₁ … zᵢ₋₁) over positions of classes or codes, by a masked network; Germain et al. 2015.</summary>
    /// <param name="Classes">Classes of a block, or codes of the codebook; ≥ 2.</param>
    /// <param name="Embedding">The length of a code's vector; 0 where blocks of z are one-hot.</param>
    /// <param name="Width">Hidden units of the network; ≥ 1.</param>
    public sealed partial record Autoregressive(int Classes, int Embedding, int Width) : Prior;

    /// <summary>N(0, I) through flows, one after the other, all learned; Papamakarios et al. 2017, Dinh et al. 2017.</summary>
    /// <param name="Steps">At least one; those whose density takes one pass.</param>
    public sealed partial record Transformed(ValueList<Flow> Steps) : Prior;

    /// <summary>p(z_L) Π p(zₗ|z above), for a <see cref="Posterior.Hierarchical"/> posterior of the same levels.</summary>
    /// <param name="Levels">How they hang together.</param>
    /// <param name="Top">p(z_L): normal, standard or learned, a mixture, or flows.</param>
    public sealed partial record Hierarchical(Hierarchy Levels, Prior Top) : Prior;

    /// <summary>A distribution of your own.</summary>
    /// <param name="Definition">What it means; a file keeps its name and its settings.</param>
    public sealed partial record Custom(IPrior Definition) : Prior;
}
