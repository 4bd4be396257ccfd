using System.Text.Json.Serialization;

namespace Vae;

/// <summary>The distribution p(z), or p(z|c).</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(StandardNormal), "standardNormal")]
[JsonDerivedType(typeof(Conditional), "conditional")]
[JsonDerivedType(typeof(LearnedNormal), "learnedNormal")]
[JsonDerivedType(typeof(Mixture), "mixture")]
[JsonDerivedType(typeof(Vamp), "vamp")]
[JsonDerivedType(typeof(UniformSphere), "uniformSphere")]
[JsonDerivedType(typeof(UniformCodes), "uniformCodes")]
[JsonDerivedType(typeof(Autoregressive), "autoregressive")]
[JsonDerivedType(typeof(Transformed), "transformed")]
[JsonDerivedType(typeof(Hierarchical), "hierarchical")]
[JsonDerivedType(typeof(Custom), "custom")]
public abstract record Prior
{
    private protected Prior() { }

    /// <summary>N(0, I).</summary>
    public sealed record StandardNormal : Prior
    {
        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.StandardNormal(this);
    }

    /// <summary>p(z|c) = N(μ(c), diag σ²(c)), learned; Sohn et al. 2015, eq. 4.</summary>
    /// <param name="Network">c → μ and ln σ², in this order; an image c reaches it as an image unless its first layer flattens it.</param>
    public sealed record Conditional(Network Network) : Prior
    {
        /// <summary>The same with other parts.</summary>
        public Conditional With(Network? network = null) => new(network ?? Network);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Conditional(this);
    }

    /// <summary>N(μ, diag σ²) with both learned; it starts as N(0, I).</summary>
    public sealed record LearnedNormal : Prior
    {
        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.LearnedNormal(this);
    }

    /// <summary>Σ πₖ N(μₖ, diag σₖ²) with all learned.</summary>
    /// <param name="Components">Their number; ≥ 1.</param>
    public sealed record Mixture(int Components) : Prior
    {
        /// <summary>The same with other parts.</summary>
        public Mixture With(int? components = null) => new(components ?? Components);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Mixture(this);
    }

    /// <summary>The mean of the posteriors q(z|uₖ) of learned examples uₖ; with diagonal normal posteriors of models without a condition; Tomczak &amp; Welling 2018, eq. 11.</summary>
    /// <remarks>
    /// Nothing holds the posteriors that it mixes near 0. What is learned first of binary images, their mean, moves codes as far as it
    /// helps, and where that is to the ends of layers of tanh, no gradient is left: choose ReLU and the like.
    /// </remarks>
    /// <param name="Components">The number of such examples; ≥ 1.</param>
    public sealed record Vamp(int Components) : Prior
    {
        /// <summary>The same with other parts.</summary>
        public Vamp With(int? components = null) => new(components ?? Components);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Vamp(this);
    }

    /// <summary>Uniform on the unit sphere, for von Mises–Fisher posteriors; Davidson et al. 2018.</summary>
    public sealed record UniformSphere : Prior
    {
        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.UniformSphere(this);
    }

    /// <summary>Every code equally likely at every position, for posteriors of classes and codebooks.</summary>
    /// <param name="Classes">Classes of a block, or codes of the codebook; ≥ 2.</param>
    /// <param name="Embedding">The length of a code's vector; 0 where blocks of z are one-hot.</param>
    public sealed record UniformCodes(int Classes, int Embedding) : Prior
    {
        /// <summary>The same with other parts.</summary>
        public UniformCodes With(int? classes = null, int? embedding = null) => new(classes ?? Classes, embedding ?? Embedding);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.UniformCodes(this);
    }

    /// <summary>p(z) = Π p(zᵢ | z₁ … zᵢ₋₁) over positions of classes or codes, by a masked network; Germain et al. 2015.</summary>
    /// <param name="Classes">Classes of a block, or codes of the codebook; ≥ 2.</param>
    /// <param name="Embedding">The length of a code's vector; 0 where blocks of z are one-hot.</param>
    /// <param name="Width">Hidden units of the network; ≥ 1.</param>
    public sealed record Autoregressive(int Classes, int Embedding, int Width) : Prior
    {
        /// <summary>The same with other parts.</summary>
        public Autoregressive With(int? classes = null, int? embedding = null, int? width = null) => new(classes ?? Classes, embedding ?? Embedding, width ?? Width);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Autoregressive(this);
    }

    /// <summary>N(0, I) through flows, one after the other, all learned; Papamakarios et al. 2017, Dinh et al. 2017.</summary>
    /// <param name="Steps">At least one; those whose density takes one pass.</param>
    public sealed record Transformed(ValueList<Flow> Steps) : Prior
    {
        /// <summary>The same with other parts.</summary>
        public Transformed With(ValueList<Flow>? steps = null) => new(steps ?? Steps);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Transformed(this);
    }

    /// <summary>p(z_L) Π p(zₗ|z above), for a <see cref="Posterior.Hierarchical"/> posterior of the same levels.</summary>
    /// <param name="Levels">How they hang together.</param>
    /// <param name="Top">p(z_L): normal, standard or learned, a mixture, or flows.</param>
    public sealed record Hierarchical(Hierarchy Levels, Prior Top) : Prior
    {
        /// <summary>The same with other parts.</summary>
        public Hierarchical With(Hierarchy? levels = null, Prior? top = null) => new(levels ?? Levels, top ?? Top);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Hierarchical(this);
    }

    /// <summary>A distribution of your own.</summary>
    /// <param name="Definition">What it means; a file keeps its name and its settings.</param>
    public sealed record Custom(IPrior Definition) : Prior
    {
        /// <summary>The same with other parts.</summary>
        public Custom With(IPrior? definition = null) => new(definition ?? Definition);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Custom(this);
    }

    /// <summary>One function for each case.</summary>
    public TResult Match<TResult>(
        Func<StandardNormal, TResult> standardNormal, Func<Conditional, TResult> conditional, Func<LearnedNormal, TResult> learnedNormal,
        Func<Mixture, TResult> mixture, Func<Vamp, TResult> vamp, Func<UniformSphere, TResult> uniformSphere,
        Func<UniformCodes, TResult> uniformCodes, Func<Autoregressive, TResult> autoregressive, Func<Transformed, TResult> transformed,
        Func<Hierarchical, TResult> hierarchical, Func<Custom, TResult> custom) =>
        Accept(new Cases<TResult>(standardNormal, conditional, learnedNormal, mixture, vamp, uniformSphere, uniformCodes, autoregressive, transformed, hierarchical, custom));

    private protected abstract TResult Accept<TResult>(Cases<TResult> of);

    private protected sealed record Cases<TResult>(
        Func<StandardNormal, TResult> StandardNormal, Func<Conditional, TResult> Conditional, Func<LearnedNormal, TResult> LearnedNormal,
        Func<Mixture, TResult> Mixture, Func<Vamp, TResult> Vamp, Func<UniformSphere, TResult> UniformSphere,
        Func<UniformCodes, TResult> UniformCodes, Func<Autoregressive, TResult> Autoregressive, Func<Transformed, TResult> Transformed,
        Func<Hierarchical, TResult> Hierarchical, Func<Custom, TResult> Custom);
}
