using System.Text.Json.Serialization;

namespace Vae;

/// <summary>The family of q(z|x).</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(DiagonalNormal), "diagonalNormal")]
public abstract record Posterior
{
    private protected Posterior() { }

    /// <summary>N(μ, diag σ²); the encoder gives μ and ln σ², in this order; Kingma &amp; Welling 2014.</summary>
    public sealed record DiagonalNormal : Posterior
    {
        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.DiagonalNormal(this);
    }

    /// <summary>One function for each case.</summary>
    public TResult Match<TResult>(Func<DiagonalNormal, TResult> diagonalNormal) =>
        Accept(new Cases<TResult>(diagonalNormal));

    private protected abstract TResult Accept<TResult>(Cases<TResult> of);

    private protected sealed record Cases<TResult>(Func<DiagonalNormal, TResult> DiagonalNormal);
}
