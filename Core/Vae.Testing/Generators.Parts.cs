using FsCheck;
using FsCheck.Fluent;

namespace Vae.Testing;

// Taken from whole runs, so that each is one of a run without problems and a new case needs no line here.
public static partial class Generators
{
    /// <summary>Families p(x|z).</summary>
    public static Arbitrary<Likelihood> AllLikelihoods() => OfRuns(run => run.Model.Likelihood);

    /// <summary>Families q(z|x).</summary>
    public static Arbitrary<Posterior> AllPosteriors() => OfRuns(run => run.Model.Posterior);

    /// <summary>Distributions p(z), or p(z|c).</summary>
    public static Arbitrary<Prior> AllPriors() => OfRuns(run => run.Model.Prior);

    /// <summary>What training minimizes.</summary>
    public static Arbitrary<Objective> AllObjectives() => OfRuns(run => run.Objective);

    /// <summary>What networks are told besides x and z.</summary>
    public static Arbitrary<Condition> AllConditions() => OfRuns(run => run.Model.Condition);

    /// <summary>A network's last layers.</summary>
    public static Arbitrary<Head> AllHeads() => OfRuns(run => run.Model.Decoder.Head);

    /// <summary>Layers, those within others too.</summary>
    public static Arbitrary<Layer> AllLayers() => Arb.From(
        from run in Experiment()
        from layer in Gen.Elements(Within([.. Wiring.EncoderLayers(run.Model), .. Wiring.DecoderLayers(run.Model), .. Wiring.PriorLayers(run.Model)]).ToArray())
        select layer);

    /// <summary>Elementwise functions.</summary>
    public static Arbitrary<Activation> AllActivations() => Arb.From(ActivationChoice(smooth: false));

    /// <summary>How a gradient becomes a step.</summary>
    public static Arbitrary<Optimizer> AllOptimizers() => OfRuns(run => run.Train.Optimizer);

    /// <summary>What is done to a large gradient.</summary>
    public static Arbitrary<Clipping> AllClippings() => OfRuns(run => run.Train.Clipping);

    /// <summary>Which weights are kept.</summary>
    public static Arbitrary<Averaging> AllAveragings() => OfRuns(run => run.Train.Averaging);

    /// <summary>When a run ends early.</summary>
    public static Arbitrary<Stopping> AllStoppings() => OfRuns(run => run.Train.Stopping);

    /// <summary>How grey values become 0 or 1.</summary>
    public static Arbitrary<Binarization> AllBinarizations() => OfRuns(run => run.Data.Binarization);

    /// <summary>Where a deviation comes from.</summary>
    public static Arbitrary<Scale> AllScales() => Arb.From(ScaleChoice);

    /// <summary>Columns of a table.</summary>
    public static Arbitrary<Column> AllColumns() => Arb.From(ColumnChoice);

    /// <summary>Invertible steps.</summary>
    public static Arbitrary<Flow> AllFlows() => Arb.From(
        from inPosterior in Gen.Elements(true, false) from flows in FlowChoice(3, inPosterior).Where(flows => flows.Count > 0) from flow in Gen.Elements(flows.ToArray()) select flow);

    /// <summary>What the divergence may have without cost.</summary>
    public static Arbitrary<Capacity> AllCapacities() => Arb.From(CapacityChoice);

    /// <summary>How an encoder is trained.</summary>
    public static Arbitrary<EncoderGradient> AllEncoderGradients() => Arb.From(GradientChoice);

    /// <summary>What is made of importance weights.</summary>
    public static Arbitrary<ImportanceBound> AllImportanceBounds() => Arb.From(BoundChoice);

    /// <summary>How alike two codes are.</summary>
    public static Arbitrary<Kernel> AllKernels() => Arb.From(KernelChoice);

    /// <summary>What a decoder pays for being steep.</summary>
    public static Arbitrary<DecoderPenalty> AllDecoderPenalties() => Arb.From(PenaltyChoice);

    /// <summary>What is added to a bound.</summary>
    public static Arbitrary<Regularizer> AllRegularizers() => Arb.From(
        Gen.OneOf([.. Divergent, .. ReconstructionOnly]).Where(objective => objective is Objective.Regularized).Select(objective => ((Objective.Regularized)objective).Regularizer));

    private static Arbitrary<T> OfRuns<T>(Func<Experiment, T> part) => Arb.From(Experiment().Select(part));

    private static IEnumerable<Layer> Within(IEnumerable<Layer> layers) =>
        layers.SelectMany(layer => layer is Layer.Residual residual ? Within(residual.Body).Prepend(layer) : [layer]);
}
