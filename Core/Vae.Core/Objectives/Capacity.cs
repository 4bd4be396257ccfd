namespace Vae;

/// <summary>How many nats the divergence may have without cost, or must have.</summary>
[Closed]
public abstract partial record Capacity
{
    /// <summary>The divergence costs what it is.</summary>
    public sealed partial record Unlimited : Capacity;

    /// <summary>β·|KL − C|, of the mean KL over the batch: the code is made to carry C nats; Burgess et al. 2018, section 5.</summary>
    /// <param name="Nats">C over time; ≥ 0.</param>
    public sealed partial record Target(Schedule Nats) : Capacity;

    /// <summary>Σ max(λ, KL) over the latents, of their means over the batch: below λ the divergence has no gradient; Kingma et al. 2016, appendix C.8.</summary>
    /// <param name="Nats">λ; ≥ 0.</param>
    /// <param name="PerLatent">Whether each of z is free by itself, which needs a closed divergence; else all of them together.</param>
    public sealed partial record FreeBits(double Nats, bool PerLatent) : Capacity;
}
