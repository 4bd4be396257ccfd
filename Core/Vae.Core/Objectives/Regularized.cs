namespace Vae;

public abstract partial record Objective
{
    /// <summary>−ln p(x|z) + β · KL(q(z|x) ‖ p(z)) + a regularizer.</summary>
    /// <param name="Beta">The KL weight β; ≥ 0. A constant 0 removes the KL term.</param>
    /// <param name="Regularizer">The term that is added.</param>
    public sealed partial record Regularized(Schedule Beta, Regularizer Regularizer) : Objective, IObjectiveCase
    {
        private bool HasDivergence => Beta is not Schedule.Constant { Value: 0 };

        string IPart<IObjective>.Name => Regularizer.Name;

        bool IObjective.NeedsDensity => HasDivergence || !Regularizer.SuitsPoints;

        bool IObjective.TrainsPrior => HasDivergence;

        bool IObjective.CouplesExamples => Regularizer.CouplesExamples;

        double IObjectiveCase.Settled => Beta.Settled;

        double IObjectiveCase.BetaAt(double epoch) => Beta.At(epoch);

        ValueList<Problem> IObjective.Problems(string path) => [
            .. Beta.Problems($"{path}.beta"),
            .. Regularizer.Trained is { } discriminator ? discriminator.Problems($"{path}.regularizer.discriminator") : [],
            .. Regularizer.Problems($"{path}.regularizer")];

        ValueList<Problem> IObjective.Problems(VaeSpec model, string path) => model.Latent == 0
            ? Rules.If(true, $"{path}.regularizer", $"{Regularizer.Name} needs a model with a latent", "none")
            : Regularizer.Problems(model, $"{path}.regularizer");

        ValueList<Auxiliary> IObjective.Auxiliaries(VaeSpec model, TrainSpec train) =>
            Regularizer.Trained is not { } discriminator ? [] : [new(
            "critic", "regularizer.discriminator.network", discriminator.Network, Shape.Vector(model.Latent), 1,
            discriminator.Optimizer, discriminator.LearningRate, InTurn: true, IsKept: false)];

        T IObjective.Loss<T>(ObjectiveTerms<T> terms) =>
            (HasDivergence ? terms.NegElbo(terms.Kl) : terms.MeanReconstruction)
            + Regularizer.Penalty(terms);

        T? IObjective.AuxiliaryLoss<T>(ObjectiveTerms<T> terms) => Regularizer.DiscriminatorLoss(terms);
    }
}

public static partial class Objectives
{
    /// <summary>The evidence lower bound with a regularizer.</summary>
    /// <param name="regularizer">The term that is added.</param>
    /// <param name="beta">The KL weight β over time, ≥ 0; 1 if not given.</param>
    public static Objective Regularized(Regularizer regularizer, Schedule? beta = null) =>
        new Objective.Regularized(beta ?? Schedules.Constant(1), regularizer);

    /// <summary>β-TCVAE: the total correlation weighted by β, the rest of the KL by 1; Chen et al. 2018.</summary>
    /// <param name="beta">The weight of the total correlation; ≥ 0.</param>
    /// <param name="stratified">Whether q(z) is estimated by stratified sampling, without bias.</param>
    public static Objective TotalCorrelation(double beta, bool stratified = false) =>
        Regularized(Regularizers.TotalCorrelation(beta - 1, stratified));

    /// <summary>FactorVAE: the total correlation, estimated by a discriminator; Kim &amp; Mnih 2018.</summary>
    /// <param name="weight">The weight γ of the total correlation; ≥ 0.</param>
    /// <param name="discriminator">Codes → one logit; dense layers if not given.</param>
    public static Objective Factor(double weight, Discriminator? discriminator = null) =>
        Regularized(Regularizers.Factor(weight, discriminator));

    /// <summary>InfoVAE: (1 − α) · KL + (α + λ − 1) · MMD; Zhao et al. 2019.</summary>
    /// <param name="alpha">α; ≤ 1.</param>
    /// <param name="lambda">λ; ≥ 1 − α.</param>
    /// <param name="kernel">The kernel of the MMD; radial basis if not given.</param>
    public static Objective InfoVae(double alpha, double lambda, Kernel? kernel = null) =>
        Regularized(Regularizers.Mmd(alpha + lambda - 1, kernel ?? Kernels.RadialBasis()), Schedules.Constant(1 - alpha));

    /// <summary>Wasserstein autoencoder: the MMD in place of the KL; Tolstikhin et al. 2018.</summary>
    /// <param name="weight">The weight of the MMD; ≥ 0.</param>
    /// <param name="kernel">The kernel of the MMD; inverse multiquadratic if not given.</param>
    public static Objective Wasserstein(double weight, Kernel? kernel = null) =>
        Regularized(Regularizers.Mmd(weight, kernel), Schedules.Constant(0));

    /// <summary>Adversarial autoencoder: a discriminator in place of the KL; Makhzani et al. 2016.</summary>
    /// <param name="weight">The weight of the adversarial term; ≥ 0.</param>
    /// <param name="discriminator">Codes → one logit; dense layers if not given.</param>
    public static Objective Adversarial(double weight, Discriminator? discriminator = null) =>
        Regularized(Regularizers.Adversarial(weight, discriminator), Schedules.Constant(0));

    /// <summary>Regularized autoencoder: a penalty on codes and decoder in place of the KL; Ghosh et al. 2020.</summary>
    /// <param name="weight">The weight of ‖z‖² / 2; ≥ 0.</param>
    /// <param name="decoder">The penalty that keeps the decoder smooth; none if not given.</param>
    public static Objective Code(double weight, DecoderPenalty? decoder = null) =>
        Regularized(Regularizers.Code(weight, decoder), Schedules.Constant(0));
}
