using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Tests;

public class CompiledGradientTests
{
    // Where the derivative is 0 in exact arithmetic (a bias before a normalization), both give rounding errors.
    private const double Rounding = 1e-12;

    public static Arbitrary<(VaeSpec Spec, Objective Objective, int Batch)> Cases() => Arb.From(
        from spec in Gen.OneOf(Generators.Model(), Generators.Normal)
        from objective in Gen.Elements(Objectives.Reconstruction, Objectives.Elbo, Objectives.ImportanceWeighted(1),
            Objectives.ImportanceWeighted(4),
            Objectives.Beta(Schedules.Constant(1.3), Capacities.Target(2)), Objectives.Beta(Schedules.Constant(0.8),
                Capacities.FreeBits(0.6)), Objectives.Beta(Schedules.Constant(0.8), Capacities.FreeBits(1.5, perLatent: false)))
            .Where(objective => CompiledStep.Refusal(spec, objective).Length == 0
                && Specs.Problems(new Experiment(spec, objective, new("any", Binarizations.None), PairedRuns.Train())).Count == 0)
        from batch in Gen.Choose(1, 6)
        select (spec, objective, batch));

    [Property(Replay = "4711,4713", MaxTest = 150)]
    public Property AgreesWithAutogradInDoublePrecision() => Prop.ForAll(Cases(), c =>
    {
        using var runs = new PairedRuns(c.Spec, c.Objective, PairedRuns.Train(c.Batch));
        runs.Step(0);
        var scale = GradientScale(runs);
        foreach (var parameter in runs.Reference.Layout.Where(p => p.Trained))
        {
            using var scope = NewDisposeScope();
            var difference = (runs.Reference.GradientOf(parameter.Name) - runs.Compiled.GradientOf(parameter.Name)).norm().ToDouble();
            var size = runs.Reference.GradientOf(parameter.Name).norm().ToDouble();
            Assert.True(difference <= 1e-8 * size + Rounding * scale, $"{parameter.Name}: {difference} of {size} in {c.Spec}");
        }
        Close(runs.ReferenceTotals(), runs.CompiledTotals(), 1e-9);
    });

    // Normalization of nearly equal values magnifies the rounding of both by 1/√ε, for groups 300 here: those are left to double precision.
    [Property(Replay = "4711,4715", MaxTest = 300)]
    public Property AgreesWithAutogradInSinglePrecisionOnRandomSpecs() => Prop.ForAll(Cases(), c =>
    {
        using var runs = new PairedRuns(c.Spec, c.Objective, PairedRuns.Train(c.Batch), ScalarType.Float32);
        runs.Step(0);
        var distance = PairedRuns.Distance(runs.Reference.Gradient, runs.Compiled.Gradient);
        return (distance <= 1e-5).When(!NormalizesGroups(c.Spec)).Label($"{distance} in {c.Spec}");
    });

    internal static bool NormalizesGroups(VaeSpec spec) =>
        Flat(spec.Encoder.Layers).Concat(Flat(spec.Decoder.Layers)).Any(layer => layer is Layer.GroupNorm);

    private static IEnumerable<Layer> Flat(IEnumerable<Layer> layers) =>
        layers.SelectMany(layer => layer is Layer.Residual residual ? Flat(residual.Body) : [layer]);

    public static TheoryData<string, bool> Zoos =>
        new() { { "mlp", false }, { "mlp", true }, { "conv", false }, { "conv", true }, { "burda", false }, { "burda", true } };

    [Theory]
    [MemberData(nameof(Zoos))]
    public void AgreesWithAutogradInSinglePrecision(string name, bool weighted)
    {
        var spec = VaeException.Unwrap(Zoo.Find(name, Shape.Image(1, 8, 8))).With(condition: Conditions.Label(3));
        using var runs = new PairedRuns(spec, weighted ? Objectives.ImportanceWeighted(5) : Objectives.Elbo, PairedRuns.Train(8),
            ScalarType.Float32);
        runs.Step(0);
        // Rounding of a log-weight, some 45 nats, is a relative error of the weight.
        Assert.InRange(PairedRuns.Distance(runs.Reference.Gradient, runs.Compiled.Gradient), 0, 1e-5);
    }

    public static TheoryData<string> Conditional =>
        ["quadrants", "baseline", "images for the prior", "joined images", "dropout in the prior", "points", "optimal"];

    [Theory]
    [MemberData(nameof(Conditional))]
    public void AgreesWithAutogradOnConditionalModels(string name)
    {
        var image = Shape.Image(1, 8, 8);
        var small = Zoo.Quadrants(image, latent: 3, hidden: 7);
        VaeSpec WithPrior(params Layer[] layers) => small.With(prior: Priors.Conditional(new([.. layers], Heads.Dense)));
        var (spec, objective) = name switch
        {
            "baseline" => (Zoo.QuadrantsBaseline(image, observed: 3, hidden: 7), Objectives.Elbo),
            "images for the prior" => (WithPrior(Layers.Conv2d(3, 3, 2, 1), Layers.Tanh, Layers.Flatten), Objectives.ImportanceWeighted(3)),
            "joined images" => (small.With(encoder: new([Layers.Conv2d(3, 3, 2, 1), Layers.Tanh, Layers.ConcatenateCondition(1),
                Layers.Conv2d(2, 3, 1, 1), Layers.Flatten], Heads.Dense)), Objectives.ImportanceWeighted(2)),
            "dropout in the prior" => (WithPrior(Layers.Flatten, Layers.Linear(9), Layers.Dropout(0.4), Layers.Tanh), Objectives.Elbo),
            "points" => (Zoo.Conv(image).With(posterior: Posteriors.Point, condition: Conditions.Label(3)), Objectives.Reconstruction),
            "optimal" => (Zoo.Mlp(image).With(likelihood: Likelihoods.Normal(Scales.Optimal), prior: Priors.LearnedNormal),
                Objectives.ImportanceWeighted(2)),
            _ => (small, Objectives.Elbo),
        };
        using var runs = new PairedRuns(spec, objective, PairedRuns.Train(6));
        for (var step = 0; step < 3; step++)
        {
            runs.Step(step);
            Assert.InRange(PairedRuns.Distance(runs.Reference.Gradient, runs.Compiled.Gradient), 0, 1e-8);
        }
        foreach (var tensor in runs.Reference.Layout.Where(p => !p.Trained))
            Assert.InRange(PairedRuns.Distance(runs.Reference[tensor.Name], runs.Compiled[tensor.Name]), 0, 1e-8);
        Close(runs.ReferenceTotals(), runs.CompiledTotals(), 1e-9);
    }

    [Fact]
    public void RunningStatisticsAgree()
    {
        // Adam would divide the rounding errors of a bias before a normalization by themselves.
        using var runs = new PairedRuns(Normalized, Objectives.Elbo, PairedRuns.Train(6, Optimizers.Sgd()));
        for (var step = 0; step < 4; step++)
            runs.Step(step);
        foreach (var statistic in runs.Reference.Layout.Where(p => !p.Trained))
            Assert.InRange(PairedRuns.Distance(runs.Reference[statistic.Name], runs.Compiled[statistic.Name]), 0, 1e-9);
    }

    [Fact]
    public void EveryBatchSizeIsTrained()
    {
        using var runs = new PairedRuns(Zoo.Mlp(Shape.Vector(6)), Objectives.Elbo, PairedRuns.Train(9));
        foreach (var (examples, step) in new[] { 9, 4, 9, 1, 4, 7, 9 }.Select((examples, step) => (examples, step)))
        {
            runs.Step(step, examples: examples);
            Assert.InRange(PairedRuns.Distance(runs.Reference.Flat, runs.Compiled.Flat), 0, 1e-9);
        }
        Assert.Equal(43, runs.CompiledTotals().Examples);
    }

    [Fact]
    public void MeasuringChangesNoWeight()
    {
        using var measured = new PairedRuns(Zoo.Conv(Shape.Image(1, 8, 8)), Objectives.Elbo, PairedRuns.Train());
        using var unmeasured = new PairedRuns(Zoo.Conv(Shape.Image(1, 8, 8)), Objectives.Elbo, PairedRuns.Train());
        for (var step = 0; step < 4; step++)
        {
            measured.Step(step, measured: true);
            unmeasured.Step(step, measured: false);
        }
        Assert.Equal(measured.Compiled.Flat.ToDoubles(), unmeasured.Compiled.Flat.ToDoubles());
        Assert.Equal(0, unmeasured.CompiledTotals().Examples);
    }

    private static VaeSpec Normalized { get; } = Zoo.Conv(Shape.Image(1, 8, 8)).With(
        encoder: new([Layers.Conv2d(4, 3, 1, 1), Layers.BatchNorm(), Layers.Relu, Layers.Flatten, Layers.Linear(7), Layers.BatchNorm(0.3)],
            Heads.Dense));

    private static double GradientScale(PairedRuns runs)
    {
        using var scope = NewDisposeScope();
        return runs.Reference.Gradient.norm().ToDouble();
    }

    private static void Close(StepTotals expected, StepTotals actual, double tolerance)
    {
        foreach (var (e, a)
            in new[] { (expected.Loss, actual.Loss), (expected.Reconstruction, actual.Reconstruction), (expected.Kl, actual.Kl) })
            Assert.True(Math.Abs(e - a) <= tolerance * (1 + Math.Abs(e)), $"{expected} but {actual}");
        Assert.Equal(expected.Examples, actual.Examples);
    }
}
