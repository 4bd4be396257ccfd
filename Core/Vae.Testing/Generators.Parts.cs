using FsCheck;
using FsCheck.Fluent;

namespace Vae.Testing;

// Components are taken from generated runs, so that they have no problems and a new case needs no line here.
public static partial class Generators
{
    /// <summary>Families p(x|z).</summary>
    public static Arbitrary<Likelihood> AllLikelihoods() => OfRuns(run => run.Model.Likelihood);

    /// <summary>Families q(z|x).</summary>
    public static Arbitrary<Posterior> AllPosteriors() => OfRuns(run => run.Model.Posterior);

    /// <summary>Distributions p(z), or p(z|c).</summary>
    public static Arbitrary<Prior> AllPriors() => OfRuns(run => run.Model.Prior);

    /// <summary>Objectives.</summary>
    public static Arbitrary<Objective> AllObjectives() => OfRuns(run => run.Objective);

    /// <summary>Conditions.</summary>
    public static Arbitrary<Condition> AllConditions() => OfRuns(run => run.Model.Condition);

    /// <summary>Heads of networks.</summary>
    public static Arbitrary<Head> AllHeads() => OfRuns(run => run.Model.Decoder.Head);

    /// <summary>Layers, also those within residual layers.</summary>
    public static Arbitrary<Layer> AllLayers() => Arb.From(
        from run in Experiment()
        from layer in Gen.Elements(Within([
            .. Wiring.EncoderLayers(run.Model), .. Wiring.DecoderLayers(run.Model), .. Wiring.PriorLayers(run.Model)]).ToArray())
        select layer);

    /// <summary>Activation functions.</summary>
    public static Arbitrary<Activation> AllActivations() => Arb.From(ActivationChoice(smooth: false));

    /// <summary>Optimizers.</summary>
    public static Arbitrary<Optimizer> AllOptimizers() => OfRuns(run => run.Train.Optimizer);

    /// <summary>Gradient clipping.</summary>
    public static Arbitrary<Clipping> AllClippings() => OfRuns(run => run.Train.Clipping);

    /// <summary>Averaging of weights.</summary>
    public static Arbitrary<Averaging> AllAveragings() => OfRuns(run => run.Train.Averaging);

    /// <summary>Early stopping.</summary>
    public static Arbitrary<Stopping> AllStoppings() => OfRuns(run => run.Train.Stopping);

    /// <summary>Binarization.</summary>
    public static Arbitrary<Binarization> AllBinarizations() => OfRuns(run => run.Data.Binarization);

    /// <summary>Split rules.</summary>
    public static Arbitrary<SplitRule> AllSplitRules() => OfRuns(run => run.Data.Split);

    /// <summary>Scales of a density.</summary>
    public static Arbitrary<Scale> AllScales() => Arb.From(ScaleChoice);

    /// <summary>Columns of a table.</summary>
    public static Arbitrary<Column> AllColumns() => Arb.From(ColumnChoice);

    /// <summary>Flows.</summary>
    public static Arbitrary<Flow> AllFlows() => Arb.From(
        from inPosterior in Gen.Elements(true, false)
        from flows in FlowChoice(3, inPosterior).Where(flows => flows.Count > 0)
        from flow in Gen.Elements(flows.ToArray())
        select flow);

    /// <summary>Capacities of the KL term.</summary>
    public static Arbitrary<Capacity> AllCapacities() => Arb.From(CapacityChoice);

    /// <summary>Estimators of the encoder's gradient.</summary>
    public static Arbitrary<EncoderGradient> AllEncoderGradients() => Arb.From(GradientChoice);

    /// <summary>Importance-weighted bounds.</summary>
    public static Arbitrary<ImportanceBound> AllImportanceBounds() => Arb.From(BoundChoice);

    /// <summary>Kernels of codes.</summary>
    public static Arbitrary<Kernel> AllKernels() => Arb.From(KernelChoice);

    /// <summary>Penalties on decoders.</summary>
    public static Arbitrary<DecoderPenalty> AllDecoderPenalties() => Arb.From(PenaltyChoice);

    /// <summary>Regularizers.</summary>
    public static Arbitrary<Regularizer> AllRegularizers() => Arb.From(
        Gen.OneOf([.. Divergent, .. ReconstructionOnly])
            .Where(objective => objective is Objective.Regularized)
            .Select(objective => ((Objective.Regularized)objective).Regularizer));

    private static Arbitrary<T> OfRuns<T>(Func<Experiment, T> part) => Arb.From(Experiment().Select(part));

    private static IEnumerable<Layer> Within(IEnumerable<Layer> layers) =>
        layers.SelectMany(layer => layer is Layer.Residual residual ? Within(residual.Body).Prepend(layer) : [layer]);
}
