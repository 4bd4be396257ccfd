using System.Text.Json.Serialization;

namespace Vae;

/// <summary>The family of q(z|x).</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(DiagonalNormal), "diagonalNormal")]
[JsonDerivedType(typeof(Point), "point")]
[JsonDerivedType(typeof(Custom), "custom")]
public abstract record Posterior
{
    private protected Posterior() { }

    /// <summary>N(μ, diag σ²); the encoder gives μ and ln σ², in this order; Kingma &amp; Welling 2014.</summary>
    public sealed record DiagonalNormal : Posterior
    {
        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.DiagonalNormal(this);
    }

    /// <summary>No distribution: the encoder gives z itself, and no noise is used. With the objective of reconstruction a plain autoencoder.</summary>
    public sealed record Point : Posterior
    {
        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Point(this);
    }

    /// <summary>A family of your own.</summary>
    /// <param name="Definition">What it means; a file keeps its name and its settings.</param>
    public sealed record Custom(IPosterior Definition) : Posterior
    {
        /// <summary>The same with other parts.</summary>
        public Custom With(IPosterior? definition = null) => new(definition ?? Definition);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Custom(this);
    }

    /// <summary>One function for each case.</summary>
    public TResult Match<TResult>(Func<DiagonalNormal, TResult> diagonalNormal, Func<Point, TResult> point, Func<Custom, TResult> custom) =>
        Accept(new Cases<TResult>(diagonalNormal, point, custom));

    private protected abstract TResult Accept<TResult>(Cases<TResult> of);

    private protected sealed record Cases<TResult>(Func<DiagonalNormal, TResult> DiagonalNormal, Func<Point, TResult> Point, Func<Custom, TResult> Custom);
}
