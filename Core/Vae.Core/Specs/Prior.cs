using System.Text.Json.Serialization;

namespace Vae;

/// <summary>The distribution p(z).</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(StandardNormal), "standardNormal")]
public abstract record Prior
{
    private protected Prior() { }

    /// <summary>N(0, I).</summary>
    public sealed record StandardNormal : Prior
    {
        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.StandardNormal(this);
    }

    /// <summary>One function for each case.</summary>
    public TResult Match<TResult>(Func<StandardNormal, TResult> standardNormal) =>
        Accept(new Cases<TResult>(standardNormal));

    private protected abstract TResult Accept<TResult>(Cases<TResult> of);

    private protected sealed record Cases<TResult>(Func<StandardNormal, TResult> StandardNormal);
}
