using System.Text.Json.Serialization;

namespace Vae;

/// <summary>The distribution p(z), or p(z|c).</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(StandardNormal), "standardNormal")]
[JsonDerivedType(typeof(Conditional), "conditional")]
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

    /// <summary>A distribution of your own.</summary>
    /// <param name="Definition">What it means; a file keeps its name and its settings.</param>
    public sealed record Custom(IPrior Definition) : Prior
    {
        /// <summary>The same with other parts.</summary>
        public Custom With(IPrior? definition = null) => new(definition ?? Definition);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Custom(this);
    }

    /// <summary>One function for each case.</summary>
    public TResult Match<TResult>(Func<StandardNormal, TResult> standardNormal, Func<Conditional, TResult> conditional, Func<Custom, TResult> custom) =>
        Accept(new Cases<TResult>(standardNormal, conditional, custom));

    private protected abstract TResult Accept<TResult>(Cases<TResult> of);

    private protected sealed record Cases<TResult>(Func<StandardNormal, TResult> StandardNormal, Func<Conditional, TResult> Conditional, Func<Custom, TResult> Custom);
}
