namespace Vae;

public abstract partial record Regularizer
{
    /// <summary>
    /// Weight · −ln D(z), where D is a discriminator of draws from the prior and codes: adversarial autoencoder; Makhzani et al.
    /// 2016.
    /// </summary>
    /// <param name="Weight">The weight of the term; ≥ 0.</param>
    /// <param name="Discriminator">The discriminator: codes → one logit.</param>
    public sealed partial record Adversarial(double Weight, Discriminator Discriminator) : Regularizer
    {
        internal override string Name => FormattableString.Invariant($"adversarial {Weight}");

        internal override bool SuitsPoints => true;

        internal override Discriminator? Trained => Discriminator;

        internal override ValueList<Problem> Problems(string path) => Rules.AtLeast($"{path}.weight", Weight, 0);

        internal override T Penalty<T>(ObjectiveTerms<T> terms) => Weight * Adversaries.Deceive(terms.Batch.Auxiliary(Codes(terms)));

        internal override T? DiscriminatorLoss<T>(ObjectiveTerms<T> terms) => Adversaries.Distinguish(
            terms.Batch.Auxiliary(terms.Batch.PriorDraws), terms.Batch.Auxiliary(T.StopGradient(Codes(terms))));
    }
}

public static partial class Regularizers
{
    /// <summary>The loss of codes that a discriminator distinguishes from draws of the prior; Makhzani et al. 2016.</summary>
    /// <param name="weight">The weight of the term; ≥ 0.</param>
    /// <param name="discriminator">Codes → one logit; dense layers if not given.</param>
    public static Regularizer Adversarial(double weight, Discriminator? discriminator = null) =>
        new Regularizer.Adversarial(weight, discriminator ?? Discriminators.Dense(learningRate: 1e-3));
}
