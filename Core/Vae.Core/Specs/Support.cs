using System.Text.Json.Serialization;

namespace Vae;

/// <summary>Where z lies, by which posteriors and priors fit each other.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Reals), "reals")]
[JsonDerivedType(typeof(Sphere), "sphere")]
[JsonDerivedType(typeof(Categories), "categories")]
public abstract record Support
{
    private protected Support() { }

    /// <summary>Any point of ℝᴰ.</summary>
    public sealed record Reals : Support
    {
        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Reals(this);
    }

    /// <summary>‖z‖ = 1.</summary>
    public sealed record Sphere : Support
    {
        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Sphere(this);
    }

    /// <summary>One-hot blocks, z = (e₁, e₂, …), or points of the simplex near them; D is a multiple of the block's length.</summary>
    /// <param name="Classes">The length of a block; ≥ 2.</param>
    public sealed record Categories(int Classes) : Support
    {
        /// <summary>The same with other parts.</summary>
        public Categories With(int? classes = null) => new(classes ?? Classes);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Categories(this);
    }

    /// <summary>One function for each case.</summary>
    public TResult Match<TResult>(Func<Reals, TResult> reals, Func<Sphere, TResult> sphere, Func<Categories, TResult> categories) =>
        Accept(new Cases<TResult>(reals, sphere, categories));

    private protected abstract TResult Accept<TResult>(Cases<TResult> of);

    private protected sealed record Cases<TResult>(Func<Reals, TResult> Reals, Func<Sphere, TResult> Sphere, Func<Categories, TResult> Categories);
}
