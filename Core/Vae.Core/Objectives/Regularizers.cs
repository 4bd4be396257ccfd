namespace Vae;

/// <summary>Regularizers by name, and what each means: one is added here, in <see cref="Regularizer"/> and in a file of its own.</summary>
public static class Regularizers
{
    /// <summary>The total correlation a further number of times beside the KL; Chen et al. 2018.</summary>
    public static Regularizer TotalCorrelation(double weight, bool stratified = false) => new Regularizer.Decomposition(0, weight, 0, stratified);

    /// <summary>The parts of the KL a further number of times beside it; Chen et al. 2018.</summary>
    public static Regularizer Decomposition(double mutualInformation, double totalCorrelation, double dimensionWise, bool stratified = false) =>
        new Regularizer.Decomposition(mutualInformation, totalCorrelation, dimensionWise, stratified);

    /// <summary>The total correlation as a critic sees it; Kim &amp; Mnih 2018.</summary>
    public static Regularizer Factor(double weight, Critic? critic = null) => new Regularizer.Factor(weight, critic ?? Critics.Dense());

    /// <summary>Covariances of the posterior's means; Kumar et al. 2018.</summary>
    public static Regularizer DipI(double offDiagonal, double diagonal) => new Regularizer.Dip(offDiagonal, diagonal, false);

    /// <summary>Covariances of draws; Kumar et al. 2018.</summary>
    public static Regularizer DipII(double offDiagonal, double diagonal) => new Regularizer.Dip(offDiagonal, diagonal, true);

    /// <summary>The discrepancy of codes and the prior; by default under the kernels of Tolstikhin et al. 2018.</summary>
    public static Regularizer Mmd(double weight, Kernel? kernel = null) => new Regularizer.Mmd(weight, kernel ?? Kernels.InverseMultiquadratic());

    /// <summary>Codes that a critic takes for draws of the prior; Makhzani et al. 2016.</summary>
    public static Regularizer Adversarial(double weight, Critic? critic = null) => new Regularizer.Adversarial(weight, critic ?? Critics.Dense(learningRate: 1e-3));

    /// <summary>Small codes and a smooth decoder; Ghosh et al. 2020.</summary>
    public static Regularizer Code(double weight, DecoderPenalty? decoder = null) => new Regularizer.Code(weight, decoder ?? DecoderPenalties.None);

    /// <summary>What it means.</summary>
    internal static IRegularizer Meaning(Regularizer regularizer) => regularizer.Match<IRegularizer>(
        decomposition: r => new DecompositionRegularizer(r),
        factor: r => new FactorRegularizer(r),
        dip: r => new DipRegularizer(r),
        mmd: r => new MmdRegularizer(r),
        adversarial: r => new AdversarialRegularizer(r),
        code: r => new CodeRegularizer(r));
}

/// <summary>Kernels by name.</summary>
public static class Kernels
{
    /// <summary>exp(−d² / (s·2·D)) at one scale.</summary>
    public static Kernel RadialBasis(double scale = 0.5) => new Kernel.RadialBasis([scale]);

    /// <summary>1 / (1 + d² / (s·2·D)), by default at scales from 0.1 to 10.</summary>
    public static Kernel InverseMultiquadratic(ValueList<double>? scales = null) => new Kernel.InverseMultiquadratic(scales ?? [0.1, 0.2, 0.5, 1, 2, 5, 10]);
}

/// <summary>Penalties of decoders by name.</summary>
public static class DecoderPenalties
{
    /// <summary>Nothing.</summary>
    public static DecoderPenalty None { get; } = new DecoderPenalty.None();

    /// <summary>Weight · Σ θ².</summary>
    public static DecoderPenalty WeightDecay(double weight) => new DecoderPenalty.WeightDecay(weight);

    /// <summary>Weight · ‖∂ decoder / ∂z‖².</summary>
    public static DecoderPenalty GradientPenalty(double weight) => new DecoderPenalty.GradientPenalty(weight);
}
