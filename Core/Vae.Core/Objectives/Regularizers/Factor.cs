namespace Vae;

public abstract partial record Regularizer
{
    /// <summary>
    /// Weight · KL(q(z) ‖ Π q(zᵢ)), estimated by a discriminator of codes and codes whose latents are shuffled: its logit is the
    /// log-ratio of their densities. FactorVAE; Kim &amp; Mnih 2018, eq. 2.
    /// </summary>
    /// <param name="Weight">The weight γ of the total correlation; ≥ 0.</param>
    /// <param name="Discriminator">The discriminator: codes → one logit.</param>
    public sealed partial record Factor(double Weight, Discriminator Discriminator) : Regularizer
    {
        internal override string Name => FormattableString.Invariant($"factor {Weight}");

        internal override Discriminator? Trained => Discriminator;

        internal override ValueList<Problem> Problems(string path) => Rules.AtLeast($"{path}.weight", Weight, 0);

        internal override ValueList<Problem> Problems(VaeSpec model, string path) => NeedsReals(model, path, "factor");

        internal override T Penalty<T>(ObjectiveTerms<T> terms) => Weight * T.SumEvent(terms.Batch.Auxiliary(Codes(terms)));

        internal override T? DiscriminatorLoss<T>(ObjectiveTerms<T> terms) => Adversaries.Distinguish(
            terms.Batch.Auxiliary(T.StopGradient(Codes(terms))), terms.Batch.Auxiliary(terms.Batch.ShuffledDraws));
    }
}

public static partial class Regularizers
{
    /// <summary>The total correlation, estimated by a discriminator; Kim &amp; Mnih 2018.</summary>
    /// <param name="weight">The weight γ of the total correlation; ≥ 0.</param>
    /// <param name="discriminator">Codes → one logit; dense layers if not given.</param>
    public static Regularizer Factor(double weight, Discriminator? discriminator = null) =>
        new Regularizer.Factor(weight, discriminator ?? Discriminators.Dense());
}
