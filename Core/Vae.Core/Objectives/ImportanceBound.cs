using System.Text.Json.Serialization;

namespace Vae;

/// <summary>What is made of many weighted draws w of an example.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Iwae), "iwae")]
[JsonDerivedType(typeof(Miwae), "miwae")]
[JsonDerivedType(typeof(Piwae), "piwae")]
[JsonDerivedType(typeof(Ciwae), "ciwae")]
public abstract record ImportanceBound
{
    private protected ImportanceBound() { }

    /// <summary>ln of their mean; Burda et al. 2016, eq. 8.</summary>
    public sealed record Iwae : ImportanceBound
    {
        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Iwae(this);
    }

    /// <summary>The mean of the bounds of several groups; Rainforth et al. 2018.</summary>
    /// <param name="Groups">M; ≥ 1, of all samples each.</param>
    public sealed record Miwae(int Groups) : ImportanceBound
    {
        /// <summary>The same with other parts.</summary>
        public Miwae With(int? groups = null) => new(groups ?? Groups);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Miwae(this);
    }

    /// <summary>The encoder by the bounds of groups, all else by the one bound of all draws; Rainforth et al. 2018.</summary>
    /// <param name="Groups">M; ≥ 1, of all samples each.</param>
    public sealed record Piwae(int Groups) : ImportanceBound
    {
        /// <summary>The same with other parts.</summary>
        public Piwae With(int? groups = null) => new(groups ?? Groups);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Piwae(this);
    }

    /// <summary>The ELBO and the weighted bound combined; Rainforth et al. 2018.</summary>
    /// <param name="Elbo">The weight of the ELBO, the other's is the rest; in [0, 1].</param>
    public sealed record Ciwae(double Elbo) : ImportanceBound
    {
        /// <summary>The same with other parts.</summary>
        public Ciwae With(double? elbo = null) => new(elbo ?? Elbo);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Ciwae(this);
    }

    /// <summary>One function for each case.</summary>
    public TResult Match<TResult>(
        Func<Iwae, TResult> iwae, Func<Miwae, TResult> miwae, Func<Piwae, TResult> piwae, Func<Ciwae, TResult> ciwae) =>
        Accept(new Cases<TResult>(iwae, miwae, piwae, ciwae));

    private protected abstract TResult Accept<TResult>(Cases<TResult> of);

    private protected sealed record Cases<TResult>(
        Func<Iwae, TResult> Iwae, Func<Miwae, TResult> Miwae, Func<Piwae, TResult> Piwae, Func<Ciwae, TResult> Ciwae);
}
