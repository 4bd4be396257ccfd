namespace Vae;

/// <summary>Objectives by name, and what each means: an objective is added here, in <see cref="Objective"/> and in a file of its own.</summary>
public static class Objectives
{
    private const int ClassifierWidth = 256;

    /// <summary>The evidence lower bound of Kingma &amp; Welling 2014.</summary>
    public static Objective Elbo { get; } = Beta(1);

    /// <summary>The bound with a weight on the divergence; Higgins et al. 2017.</summary>
    public static Objective Beta(double beta) => Beta(Schedules.Constant(beta));

    /// <summary>The bound with a scheduled weight on the divergence, by default what it is and by its own derivative.</summary>
    public static Objective Beta(Schedule beta, Capacity? capacity = null, EncoderGradient? gradient = null) =>
        new Objective.Elbo(beta, capacity ?? Capacities.Unlimited, gradient ?? EncoderGradients.Total);

    /// <summary>The importance-weighted bound with k samples; Burda et al. 2016. Of another bound, k samples a group.</summary>
    public static Objective ImportanceWeighted(int samples, ImportanceBound? bound = null, EncoderGradient? gradient = null) =>
        new Objective.ImportanceWeighted(samples, bound ?? ImportanceBounds.Iwae, gradient ?? EncoderGradients.Total);

    /// <summary>−ln p(x|z) alone.</summary>
    public static Objective Reconstruction { get; } = new Objective.Reconstruction();

    /// <summary>The bound with a regularizer, by default with the divergence once.</summary>
    public static Objective Regularized(Regularizer regularizer, Schedule? beta = null) => new Objective.Regularized(beta ?? Schedules.Constant(1), regularizer);

    /// <summary>β-TC-VAE: the total correlation β times, and the rest of the divergence once; Chen et al. 2018.</summary>
    public static Objective TotalCorrelation(double beta, bool stratified = false) => Regularized(Regularizers.TotalCorrelation(beta - 1, stratified));

    /// <summary>FactorVAE; Kim &amp; Mnih 2018.</summary>
    public static Objective Factor(double weight, Critic? critic = null) => Regularized(Regularizers.Factor(weight, critic));

    /// <summary>InfoVAE: (1 − α) · KL + (α + λ − 1) · MMD; Zhao et al. 2019.</summary>
    public static Objective InfoVae(double alpha, double lambda, Kernel? kernel = null) =>
        Regularized(Regularizers.Mmd(alpha + lambda - 1, kernel ?? Kernels.RadialBasis()), Schedules.Constant(1 - alpha));

    /// <summary>Wasserstein autoencoder: a discrepancy in place of the divergence; Tolstikhin et al. 2018.</summary>
    public static Objective Wasserstein(double weight, Kernel? kernel = null) => Regularized(Regularizers.Mmd(weight, kernel), Schedules.Constant(0));

    /// <summary>Adversarial autoencoder: a critic in place of the divergence; Makhzani et al. 2016.</summary>
    public static Objective Adversarial(double weight, Critic? critic = null) => Regularized(Regularizers.Adversarial(weight, critic), Schedules.Constant(0));

    /// <summary>Regularized autoencoder: small codes and a smooth decoder in place of the divergence; Ghosh et al. 2020.</summary>
    public static Objective Code(double weight, DecoderPenalty? decoder = null) => Regularized(Regularizers.Code(weight, decoder), Schedules.Constant(0));

    /// <summary>VAE-GAN; Larsen et al. 2016. The features are what the layers before the critic's last give.</summary>
    public static Objective VaeGan(double featureWeight, Critic? critic = null, int? featureLayers = null)
    {
        var judge = critic ?? Critics.Dense();
        return new Objective.VaeGan(featureWeight, featureLayers ?? judge.Network.Layers.Count, judge);
    }

    /// <summary>M2 with so many labels; Kingma et al. 2014.</summary>
    public static Objective SemiSupervised(int labelled, double classifierWeight, Network? classifier = null) => new Objective.SemiSupervised(
        labelled, classifierWeight, classifier ?? new([Layers.Flatten, Layers.Linear(ClassifierWidth), Layers.Relu], Heads.Dense));

    /// <summary>An objective of your own.</summary>
    public static Objective Custom(IObjective definition) => new Objective.Custom(definition);

    /// <summary>What it means.</summary>
    public static IObjective Meaning(Objective objective) => objective.Match<IObjective>(
        elbo: e => new ElboObjective(e.Capacity, e.Gradient),
        importanceWeighted: i => new ImportanceWeightedObjective(i.Samples, i.Bound, i.Gradient),
        reconstruction: _ => new ReconstructionObjective(),
        regularized: r => new RegularizedObjective(r.Beta, r.Regularizer),
        vaeGan: v => new VaeGanObjective(v),
        semiSupervised: s => new SemiSupervisedObjective(s),
        custom: c => c.Definition);

    /// <summary>Its name for people.</summary>
    public static string Name(Objective objective) => Meaning(objective).Name;

    /// <summary>When the weight on the divergence and its capacity no longer change, in epochs; 0 for an objective without them.</summary>
    public static double Settled(Objective objective) => objective.Match(
        elbo: e => Math.Max(Schedules.Settled(e.Beta), e.Capacity.Match(unlimited: _ => 0, target: c => Schedules.Settled(c.Nats), freeBits: _ => 0)),
        importanceWeighted: _ => 0, reconstruction: _ => 0, regularized: r => Schedules.Settled(r.Beta), vaeGan: _ => 0, semiSupervised: _ => 0, custom: _ => 0);

    /// <summary>The weight on the divergence at a time in epochs: 1 in the importance-weighted bound, 0 where there is no divergence.</summary>
    public static double BetaAt(Objective objective, double epoch) => objective.Match(
        elbo: e => Schedules.At(e.Beta, epoch), importanceWeighted: _ => 1, reconstruction: _ => 0, regularized: r => Schedules.At(r.Beta, epoch),
        vaeGan: _ => 1, semiSupervised: _ => 1, custom: _ => 1);
}
