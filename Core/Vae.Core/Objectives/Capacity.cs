namespace Vae;

/// <summary>The number of nats of KL that cost nothing, or that are required.</summary>
[Closed]
public abstract partial record Capacity
{
    /// <summary>The last part of the objective's name.</summary>
    internal virtual string Suffix => "";

    /// <summary>The time after which it no longer changes, in epochs.</summary>
    internal virtual double Settled => 0;

    internal virtual ValueList<Problem> Problems(string path) => [];

    /// <summary>The KL term of the loss before its weight β, [B] or [1]; nats.</summary>
    internal abstract T Cost<T>(ObjectiveTerms<T> terms) where T : struct, ITensor<T>;

    /// <summary>The KL term is the KL itself.</summary>
    public sealed partial record Unlimited : Capacity
    {
        internal override T Cost<T>(ObjectiveTerms<T> terms) => terms.Kl;
    }

    /// <summary>β·|KL − C|, of the mean KL over the batch: codes carry C nats; Burgess et al. 2018, section 5.</summary>
    /// <param name="Nats">C over time; ≥ 0.</param>
    public sealed partial record Target(Schedule Nats) : Capacity
    {
        internal override string Suffix => " with a capacity";

        internal override double Settled => Nats.Settled;

        internal override ValueList<Problem> Problems(string path) => Nats.Problems($"{path}.nats");

        internal override T Cost<T>(ObjectiveTerms<T> terms) => terms.Recording is { } recording
            ? Capacities.DistanceFrom(terms.Kl, recording.At(Nats)) : Capacities.DistanceFrom(terms.Kl, Nats.At(terms.Epoch));
    }

    /// <summary>
    /// Σ max(λ, KL) over the latents, of their means over the batch: below λ the KL has no gradient; Kingma et al. 2016, appendix
    /// C.8.
    /// </summary>
    /// <param name="Nats">λ; ≥ 0.</param>
    /// <param name="PerLatent">Whether each latent has λ nats, which needs a KL in closed form; else all latents together.</param>
    public sealed partial record FreeBits(double Nats, bool PerLatent) : Capacity
    {
        internal override string Suffix => FormattableString.Invariant($" with {Nats} free nats{(PerLatent ? " a latent" : "")}");

        internal override ValueList<Problem> Problems(string path) => Rules.AtLeast($"{path}.nats", Nats, 0);

        internal override T Cost<T>(ObjectiveTerms<T> terms) =>
            Capacities.AtLeast(PerLatent ? terms.Batch.KlPerLatent!.Value : T.Reshape(terms.Kl, terms.Kl.Dims[0], 1), Nats);
    }
}
