using FsCheck;
using FsCheck.Fluent;

namespace Vae.Testing;

/// <summary>Random objectives that fit a model.</summary>
public static partial class Generators
{
    /// <summary>Objectives that a model can be trained by.</summary>
    /// <param name="model">A model without problems.</param>
    public static Gen<Objective> ObjectiveOf(VaeSpec model) => (
        !Posteriors.HasDensity(model.Posterior) ? Gen.OneOf(ReconstructionOnly) : Gen.OneOf([
        .. Bounded, .. Divergent, .. ReconstructionOnly,
        .. Conditions.ShowsInput(model.Condition) ? [] : VaeGans,
        .. model.Condition is Condition.Label ? SemiSupervisedOnes : []])).Where(objective => Fits(model, objective));

    // Validation decides which objectives fit; the run is long enough for every warm-up.
    private static bool Fits(VaeSpec model, Objective objective) =>
        !Specs.Problems(TrainRecipes.Default(model, "any", epochs: 1_000_000).With(objective: objective))
            .Any(problem => problem.Path.StartsWith("objective", StringComparison.Ordinal));

    private static Gen<Kernel> KernelChoice { get; } =
        from count in Gen.Choose(1, 3) from scales in Number(0.1, 2).ListOf(count) from square in Gen.Elements(true, false)
        select square ? Kernels.RadialBasis(scales[0]) : Kernels.InverseMultiquadratic(ValueList.From(scales));

    private static Gen<DecoderPenalty> PenaltyChoice { get; } =
        from weight in Number(0, 1)
        from penalty in Gen.Elements(
            DecoderPenalties.None, DecoderPenalties.WeightDecay(weight), DecoderPenalties.GradientPenalty(weight))
        select penalty;

    private static Gen<Capacity> CapacityChoice { get; } = Gen.OneOf(
        Gen.Constant(Capacities.Unlimited), Gen.Constant(Capacities.Unlimited), Schedule(1).Select(Capacities.Target),
        from nats in Number(0, 1) from each in Gen.Elements(true, false) select Capacities.FreeBits(nats, each));

    private static Gen<EncoderGradient> GradientChoice { get; } =
        Gen.Elements(EncoderGradients.Total, EncoderGradients.StickingTheLanding, EncoderGradients.DoublyReparameterized);

    private static Gen<ImportanceBound> BoundChoice { get; } = Gen.OneOf(
        Gen.Constant(ImportanceBounds.Iwae), Gen.Choose(1, 3).Select(ImportanceBounds.Miwae),
        Gen.Choose(1, 3).Select(ImportanceBounds.Piwae),
        Number(0, 1).Select(ImportanceBounds.Ciwae));

    private static Gen<Objective>[] Bounded { get; } = [
        Schedule(2).Select(schedule => Objectives.Beta(schedule)),
        from beta in Schedule(1) from capacity in CapacityChoice select Objectives.Beta(beta, capacity),
        from beta in Schedule(1) select Objectives.Beta(beta, gradient: EncoderGradients.StickingTheLanding),
        Gen.Choose(1, 6).Select(samples => Objectives.ImportanceWeighted(samples)),
        from samples in Gen.Choose(1, 3)
        from bound in BoundChoice
        from gradient in GradientChoice
        from beta in Gen.OneOf(Gen.Constant(Schedules.Constant(1)), Schedule(1))
        select Objectives.ImportanceWeighted(samples, bound, gradient, beta)];

    private static Gen<Discriminator> DiscriminatorChoice { get; } =
        from width in Gen.Choose(1, 6)
        from layers in Gen.Choose(1, 2)
        from rate in Number(0, 1e-2)
        select Discriminators.Dense(width, layers, rate);

    private static Gen<Objective>[] Divergent { get; } = DivergentOnes();

    private static Gen<Objective>[] DivergentOnes()
    {
        Gen<Regularizer> any = Gen.OneOf(
            from a in Number(-1, 2)
            from b in Number(-1, 9)
            from c in Number(-1, 2)
            from s in Gen.Elements(true, false)
            select Regularizers.Decomposition(a, b, c, s),
            from weight in Number(0, 9) from discriminator in DiscriminatorChoice select Regularizers.Factor(weight, discriminator),
            from a in Number(0, 9) from b in Number(0, 9) select Regularizers.DipI(a, b),
            from a in Number(0, 9) from b in Number(0, 9) select Regularizers.DipII(a, b));
        // A constant of 0 would remove the KL term.
        var beta = Number(0.1, 2).Select(Schedules.Constant);
        return [from weight in beta from regularizer in any select Objectives.Regularized(regularizer, weight),
            from alpha in Number(0, 0.9) from lambda in Number(1, 9) select Objectives.InfoVae(alpha, lambda)];
    }

    private static Gen<Objective>[] ReconstructionOnly { get; } = [
        Gen.Constant(Objectives.Reconstruction),
        from weight in Number(0, 9) from kernel in KernelChoice select Objectives.Wasserstein(weight, kernel),
        from weight in Number(0, 9) from discriminator in DiscriminatorChoice select Objectives.Adversarial(weight, discriminator),
        from weight in Number(0, 1) from decoder in PenaltyChoice
        select Objectives.Code(weight, decoder)];

    private static Gen<Objective>[] VaeGans { get; } =
        [from weight in Number(0, 2) from discriminator in DiscriminatorChoice select Objectives.VaeGan(weight, discriminator)];

    private static Gen<Objective>[] SemiSupervisedOnes { get; } = [
        from labelled in Gen.Choose(1, 9) from weight in Number(0, 9) from width in Gen.Choose(1, 6)
        from share in Number(0, 0.9)
        select Objectives.SemiSupervised(labelled, weight, new([Layers.Flatten, Layers.Linear(width), Layers.Tanh], Heads.Dense), share)];
}
