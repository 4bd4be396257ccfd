namespace Vae;

/// <summary>How many nats of KL cost nothing, or are required.</summary>
[Closed]
public abstract partial record Capacity
{
    /// <summary>What it adds to the objective's name.</summary>
    internal virtual string Suffix => "";

    /// <summary>The time from which on it stays the same, in epochs.</summary>
    internal virtual double Settled => 0;

    internal virtual ValueList<Problem> Problems(string path) => [];

    /// <summary>What the KL costs, [B] or [1]; nats.</summary>
    internal abstract T Cost<T>(ObjectiveTerms<T> terms) where T : struct, ITensor<T>;

    /// <summary>The KL costs what it is.</summary>
    public sealed partial record Unlimited : Capacity
    {
        internal override T Cost<T>(ObjectiveTerms<T> terms) => terms.Kl;
    }

    /// <summary>β·|KL − C|, of the mean KL over the batch: the code is made to carry C nats; Burgess et al. 2018, section 5.</summary>
    /// <param name="Nats">C over time; ≥ 0.</param>
    public sealed partial record Target(Schedule Nats) : Capacity
    {
        internal override string Suffix => " with a capacity";

        internal override double Settled => Nats.Settled;

        internal override ValueList<Problem> Problems(string path) => Nats.Problems($"{path}.nats");

        internal override T Cost<T>(ObjectiveTerms<T> terms) => Capacities.DistanceFrom(terms.Kl, Nats.At(terms.Epoch));
    }

    /// <summary>
    /// Σ max(λ, KL) over the latents, of their means over the batch: below λ the KL has no gradient; Kingma et al. 2016, appendix
    /// C.8.
    /// </summary>
    /// <param name="Nats">λ; ≥ 0.</param>
    /// <param name="PerLatent">Whether each latent has λ free by itself, which needs a closed-form KL; else all latents together.</param>
    public sealed partial record FreeBits(double Nats, bool PerLatent) : Capacity
    {
        internal override string Suffix => FormattableString.Invariant($" with {Nats} free nats{(PerLatent ? " a latent" : "")}");

        internal override ValueList<Problem> Problems(string path) => Rules.AtLeast($"{path}.nats", Nats, 0);

        internal override T Cost<T>(ObjectiveTerms<T> terms) =>
            Capacities.AtLeast(PerLatent ? terms.Batch.KlPerLatent!.Value : T.Reshape(terms.Kl, terms.Kl.Dims[0], 1), Nats);
    }
}
