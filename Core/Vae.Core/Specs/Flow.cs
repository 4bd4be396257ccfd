using System.Text.Json.Serialization;

namespace Vae;

/// <summary>
/// A step of a normalizing flow: an invertible map of z whose Jacobian has a known determinant. In a posterior the encoder
/// gives a part of its parameters, in a prior all are learned.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Planar), "planar")]
[JsonDerivedType(typeof(Householder), "householder")]
[JsonDerivedType(typeof(InverseAutoregressive), "inverseAutoregressive")]
[JsonDerivedType(typeof(MaskedAutoregressive), "maskedAutoregressive")]
[JsonDerivedType(typeof(AffineCoupling), "affineCoupling")]
public abstract record Flow
{
    private protected Flow() { }

    /// <summary>z + û tanh(wᵀz + b), with û kept where the map is invertible; u, w and b from the encoder. For posteriors: its inverse has no closed form; Rezende &amp; Mohamed 2015, eq. 10 and appendix A.</summary>
    public sealed record Planar : Flow
    {
        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Planar(this);
    }

    /// <summary>The reflection z − 2v vᵀz / ‖v‖², with v from the encoder in a posterior and learned in a prior; Tomczak &amp; Welling 2016.</summary>
    public sealed record Householder : Flow
    {
        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Householder(this);
    }

    /// <summary>σ z + (1 − σ) m, both of the dimensions before, in the order of z or, every second step, against it. For posteriors: a draw takes one pass of its network, a density at any z one for each dimension; Kingma et al. 2016, algorithm 1, eq. 13 and 14.</summary>
    /// <param name="Width">Hidden units of its masked network (Germain et al. 2015), to each of which the encoder adds a number; ≥ 1.</param>
    public sealed record InverseAutoregressive(int Width) : Flow
    {
        /// <summary>The same with other parts.</summary>
        public InverseAutoregressive With(int? width = null) => new(width ?? Width);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.InverseAutoregressive(this);
    }

    /// <summary>m + eᵃ u, with m and a (in ±2) of the dimensions of z before, in the order of z or, every second step, against it. For priors: a density takes one pass of its network, a draw one for each dimension; Papamakarios et al. 2017.</summary>
    /// <param name="Width">Hidden units of its masked network; ≥ 1.</param>
    public sealed record MaskedAutoregressive(int Width) : Flow
    {
        /// <summary>The same with other parts.</summary>
        public MaskedAutoregressive With(int? width = null) => new(width ?? Width);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.MaskedAutoregressive(this);
    }

    /// <summary>One half of z moves the other by m + eᵃ z, a in ±2, in turns; one pass either way, for posteriors and priors; Dinh et al. 2017, eq. 7.</summary>
    /// <param name="Width">Hidden units of its network, to each of which the encoder of a posterior adds a number; ≥ 1.</param>
    public sealed record AffineCoupling(int Width) : Flow
    {
        /// <summary>The same with other parts.</summary>
        public AffineCoupling With(int? width = null) => new(width ?? Width);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.AffineCoupling(this);
    }

    /// <summary>One function for each case.</summary>
    public TResult Match<TResult>(
        Func<Planar, TResult> planar, Func<Householder, TResult> householder, Func<InverseAutoregressive, TResult> inverseAutoregressive,
        Func<MaskedAutoregressive, TResult> maskedAutoregressive, Func<AffineCoupling, TResult> affineCoupling) =>
        Accept(new Cases<TResult>(planar, householder, inverseAutoregressive, maskedAutoregressive, affineCoupling));

    private protected abstract TResult Accept<TResult>(Cases<TResult> of);

    private protected sealed record Cases<TResult>(
        Func<Planar, TResult> Planar, Func<Householder, TResult> Householder, Func<InverseAutoregressive, TResult> InverseAutoregressive,
        Func<MaskedAutoregressive, TResult> MaskedAutoregressive, Func<AffineCoupling, TResult> AffineCoupling);
}
