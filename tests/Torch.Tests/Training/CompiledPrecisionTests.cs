using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using TorchSharp;
using Vae.Torch.Tests;
using static TorchSharp.torch;

namespace Vae.Tests;

public class CompiledPrecisionTests
{
    public static Arbitrary<(VaeSpec Spec, Objective Objective)> Cases() => Arb.From(
        // Groups of a few nearly equal values magnify the rounding, as in single precision.
        from spec in Generators.Model(smooth: true).Where(spec => !CompiledGradientTests.NormalizesGroups(spec))
        from objective in Gen.Elements(Objectives.Elbo, Objectives.ImportanceWeighted(3))
        select (spec, objective));

    [Property(Replay = "4711,4713", MaxTest = 60)]
    public Property RoundedProductsHardlyTurnTheGradient() => Prop.ForAll(Cases(), c =>
    {
        using var scope = NewDisposeScope();
        using var exact = Gradient(c.Spec, c.Objective, Precision.Float32);
        using var rounded = Gradient(c.Spec, c.Objective, Precision.BFloat16);
        var cosine = (exact * rounded).sum().ToDouble() / (exact.norm().ToDouble() * rounded.norm().ToDouble());
        Assert.True(cosine > 0.999, $"{cosine} in {c.Spec}");
    });

    [Fact]
    public void OnlyTheProductsAreRounded()
    {
        var text = CompiledProgram.Compile(Zoo.Mlp(Shape.Vector(6)), Objectives.Elbo, PairedRuns.Train(), 4, Precision.BFloat16).Text;
        var matmul = text.Split('\n').Where(line => line.Contains("mm(", StringComparison.Ordinal)).ToList();
        // Four layers forward; two products each back, but none to the input.
        Assert.Equal(4 + 4 + 3, matmul.Count);
        Assert.All(matmul, line => Assert.Equal(3, line.Split("_bf16").Length - 1));
        Assert.DoesNotContain("bf16", CompiledProgram.Compile(Zoo.Mlp(Shape.Vector(6)), Objectives.Elbo, PairedRuns.Train(), 4).Text,
            StringComparison.Ordinal);
    }

    [Fact]
    public void TheLossFallsAsInFloat32()
    {
        using var folder = new TemporaryFolder();
        var experiment = Samples.Tiny.With(train: Samples.Tiny.Train.With(epochs: 30));
        var data = Samples.Data(experiment.Model, train: 40);
        var exact = Trainer.Train(experiment, data, new(folder.Run("f32"), Precision: Precision.Float32));
        var rounded = Trainer.Train(experiment, data, new(folder.Run("bf16"), Precision: Precision.BFloat16));
        Assert.NotEqual(exact.Test, rounded.Test);
        double first = exact.History[0].Train.Criterion, last = exact.History[^1].Train.Criterion;
        Assert.True(last < first);
        Assert.InRange(rounded.History[^1].Train.Criterion, last - 0.1 * (first - last), last + 0.1 * (first - last));
    }

    [Fact]
    public void AResumedRunKeepsItsPrecision()
    {
        using var folder = new TemporaryFolder();
        var data = Samples.Data(Samples.Tiny.Model);
        var half = Samples.Tiny.With(train: Samples.Tiny.Train.With(epochs: 2));
        Trainer.Train(Samples.Tiny, data, new(folder.Run("whole"), Precision: Precision.BFloat16));
        Trainer.Train(half, data, new(folder.Run("parts"), Precision: Precision.BFloat16));
        Trainer.Train(Samples.Tiny, data, new(folder.Run("parts"), Resume: true));
        Assert.Equal(File.ReadAllBytes(RunFolder.Open(folder.Run("whole")).ModelFile),
            File.ReadAllBytes(RunFolder.Open(folder.Run("parts")).ModelFile));
    }

    [Fact]
    public void AutogradRefusesToRound()
    {
        using var folder = new TemporaryFolder();
        var problem = Assert.Throws<VaeException>(() => Trainer.Train(
            Samples.Tiny, Samples.Data(Samples.Tiny.Model), new(folder.Run(), Route: StepRoute.Autograd, Precision: Precision.BFloat16)));
        Assert.Contains("precision: bf16 needs the compiled step, got autograd", problem.Message, StringComparison.Ordinal);
    }

    private static Tensor Gradient(VaeSpec spec, Objective objective, Precision precision)
    {
        using var scope = NewDisposeScope();
        var train = PairedRuns.Train(16);
        using var model = new VaeModel(spec, 1);
        using var state = new OptimizerState(model.Weights);
        using var step = new CompiledStep(model, state, objective, train, precision);
        step.Run(Samples.Inputs(spec, 16), Samples.Condition(spec, 16), new(0, 1e-2, 1, 0, false));
        return model.Weights.Gradient.clone().MoveToOuterDisposeScope();
    }
}
