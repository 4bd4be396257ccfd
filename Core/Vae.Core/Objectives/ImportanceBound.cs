namespace Vae;

/// <summary>What is made of many weighted draws w of an example.</summary>
[Closed]
public abstract partial record ImportanceBound
{
    /// <summary>ln of their mean; Burda et al. 2016, eq. 8.</summary>
    public sealed partial record Iwae : ImportanceBound;

    /// <summary>The mean of the bounds of several groups; Rainforth et al. 2018.</summary>
    /// <param name="Groups">M; ≥ 1, of all samples each.</param>
    public sealed partial record Miwae(int Groups) : ImportanceBound;

    /// <summary>The encoder by the bounds of groups, all else by the one bound of all draws; Rainforth et al. 2018.</summary>
    /// <param name="Groups">M; ≥ 1, of all samples each.</param>
    public sealed partial record Piwae(int Groups) : ImportanceBound;

    /// <summary>The ELBO and the weighted bound combined; Rainforth et al. 2018.</summary>
    /// <param name="Elbo">The weight of the ELBO, the other's is the rest; in [0, 1].</param>
    public sealed partial record Ciwae(double Elbo) : ImportanceBound;
}
