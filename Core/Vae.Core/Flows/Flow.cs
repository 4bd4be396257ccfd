namespace Vae;

/// <summary>
/// A step of a normalizing flow: an invertible map of z whose Jacobian has a known determinant. In a posterior the encoder
/// gives a part of its parameters, in a prior all are learned.
/// </summary>
[Closed]
public abstract partial record Flow
{
    /// <summary>z + û tanh(wᵀz + b), with û kept where the map is invertible; u, w and b from the encoder. For posteriors: its inverse has no closed form; Rezende &amp; Mohamed 2015, eq. 10 and appendix A.</summary>
    public sealed partial record Planar : Flow;

    /// <summary>The reflection z − 2v vᵀz / ‖v‖², with v from the encoder in a posterior and learned in a prior; Tomczak &amp; Welling 2016.</summary>
    public sealed partial record Householder : Flow;

    /// <summary>σ z + (1 − σ) m, both of the dimensions before, in the order of z or, every second step, against it. For posteriors: a draw takes one pass of its network, a density at any z one for each dimension; Kingma et al. 2016, algorithm 1, eq. 13 and 14.</summary>
    /// <param name="Width">Hidden units of its masked network (Germain et al. 2015), to each of which the encoder adds a number; ≥ 1.</param>
    public sealed partial record InverseAutoregressive(int Width) : Flow;

    /// <summary>m + eᵃ u, with m and a (in ±2) of the dimensions of z before, in the order of z or, every second step, against it. For priors: a density takes one pass of its network, a draw one for each dimension; Papamakarios et al. 2017.</summary>
    /// <param name="Width">Hidden units of its masked network; ≥ 1.</param>
    public sealed partial record MaskedAutoregressive(int Width) : Flow;

    /// <summary>One half of z moves the other by m + eᵃ z, a in ±2, in turns; one pass either way, for posteriors and priors; Dinh et al. 2017, eq. 7.</summary>
    /// <param name="Width">Hidden units of its network, to each of which the encoder of a posterior adds a number; ≥ 1.</param>
    public sealed partial record AffineCoupling(int Width) : Flow;
}
