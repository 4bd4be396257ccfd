using System.Text.Json.Serialization;

namespace Vae;

/// <summary>How many nats the divergence may have without cost, or must have.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Unlimited), "unlimited")]
[JsonDerivedType(typeof(Target), "target")]
[JsonDerivedType(typeof(FreeBits), "freeBits")]
public abstract record Capacity
{
    private protected Capacity() { }

    /// <summary>The divergence costs what it is.</summary>
    public sealed record Unlimited : Capacity
    {
        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Unlimited(this);
    }

    /// <summary>β·|KL − C|, of the mean KL over the batch: the code is made to carry C nats; Burgess et al. 2018, section 5.</summary>
    /// <param name="Nats">C over time; ≥ 0.</param>
    public sealed record Target(Schedule Nats) : Capacity
    {
        /// <summary>The same with other parts.</summary>
        public Target With(Schedule? nats = null) => new(nats ?? Nats);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Target(this);
    }

    /// <summary>Σ max(λ, KL) over the latents, of their means over the batch: below λ the divergence has no gradient; Kingma et al. 2016, appendix C.8.</summary>
    /// <param name="Nats">λ; ≥ 0.</param>
    /// <param name="PerLatent">Whether each of z is free by itself, which needs a closed divergence; else all of them together.</param>
    public sealed record FreeBits(double Nats, bool PerLatent) : Capacity
    {
        /// <summary>The same with other parts.</summary>
        public FreeBits With(double? nats = null, bool? perLatent = null) => new(nats ?? Nats, perLatent ?? PerLatent);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.FreeBits(this);
    }

    /// <summary>One function for each case.</summary>
    public TResult Match<TResult>(
        Func<Unlimited, TResult> unlimited, Func<Target, TResult> target, Func<FreeBits, TResult> freeBits) =>
        Accept(new Cases<TResult>(unlimited, target, freeBits));

    private protected abstract TResult Accept<TResult>(Cases<TResult> of);

    private protected sealed record Cases<TResult>(
        Func<Unlimited, TResult> Unlimited, Func<Target, TResult> Target, Func<FreeBits, TResult> FreeBits);
}
