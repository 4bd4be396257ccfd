using Vae.Tests;

namespace Vae.Torch.Tests;

/// <summary>A step whose gradient is an outlier is as if it had not been.</summary>
public class SkippingLawTests
{
    private static readonly VaeSpec Spec = Zoo.Mlp(Shape.Vector(7), latent: 2, hidden: 5);

    [Fact]
    public void NothingButTheCountChanges()
    {
        using var runs = new PairedRuns(Spec, Objectives.Elbo,
            PairedRuns.Train(clipping: Clippings.Skip(1e-3), averaging: Averagings.Exponential(0.9)));
        var before = Everything(runs);
        for (var step = 0; step < 3; step++)
            runs.Step(step, measured: step == 1);
        Assert.Equal(before, Everything(runs));
        Assert.Equal((3, 3), (runs.ReferenceTotals().Skipped, runs.CompiledTotals().Skipped));
        Assert.Equal((0, 0), (runs.ReferenceTotals().Skipped, runs.CompiledTotals().Skipped));
    }

    [Theory]
    [InlineData("adam")]
    [InlineData("sgd")]
    public void ALimitOutOfReachChangesNothing(string optimizer)
    {
        var made = optimizer == "adam" ? Optimizers.Adam() : Optimizers.Sgd(0.9);
        using var free = new PairedRuns(Spec, Objectives.Elbo, PairedRuns.Train(optimizer: made, clipping: Clippings.Norm(0.5)));
        using var limited = new PairedRuns(
            Spec, Objectives.Elbo, PairedRuns.Train(optimizer: made, clipping: Clippings.Skip(1e6, Clippings.Norm(0.5))));
        for (var step = 0; step < 4; step++)
        {
            free.Step(step);
            limited.Step(step);
        }
        Assert.Equal(Everything(free), Everything(limited));
        Assert.Equal((0, 0), (limited.ReferenceTotals().Skipped, limited.CompiledTotals().Skipped));
    }

    [Fact]
    public void TheLimitIsTheNormOfTheWholeGradientBeforeItIsClipped()
    {
        using var free = new PairedRuns(Spec, Objectives.Elbo, PairedRuns.Train());
        free.Step(0);
        var norm = free.Reference.Gradient.norm().ToDoubles()[0];
        foreach (var (limit, skipped) in new[] { (norm * 1.0001, 0), (norm * 0.9999, 1) })
        {
            using var runs = new PairedRuns(Spec, Objectives.Elbo,
                PairedRuns.Train(clipping: Clippings.Skip(limit, Clippings.Norm(norm / 10))));
            runs.Step(0);
            Assert.Equal((skipped, skipped), (runs.ReferenceTotals().Skipped, runs.CompiledTotals().Skipped));
        }
    }

    [Fact]
    public void AGradientThatIsNoNumberIsAnOutlier()
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        using var weights = new Weights(Samples.Tiny.Model, 1);
        using var state = new OptimizerState(weights);
        using var fused = new Fused(weights, state, Samples.Tiny.Train.With(clipping: Clippings.Skip(1)));
        var before = weights.Flat.ToFloats();
        foreach (var value in new[] { double.NaN, double.PositiveInfinity })
        {
            weights.Gradient.fill_(Scalars.Get(value));
            fused.Step(0.1);
        }
        Assert.Equal(before, weights.Flat.ToFloats());
        Assert.Equal(2, state.TakeSkipped());
    }

    [Fact]
    public void SkippedStepsAreCountedInTheHistory()
    {
        using var folder = new TemporaryFolder();
        var all = Samples.Tiny.With(train: Samples.Tiny.Train.With(clipping: Clippings.Skip(1e-6), batch: 4, epochs: 2));
        var result = Trainer.Train(all, Samples.Data(all.Model), new(folder.Run()));
        Assert.Equal([3, 3], result.History.Select(entry => entry.Skipped));
        Assert.Equal(result.History, RunFolder.Open(folder.Run()).History());
        Assert.Equal(result.History[0].Validation, result.History[1].Validation);
    }

    private static double[] Everything(PairedRuns runs) => [
        .. runs.Reference.Flat.ToDoubles(), .. runs.Compiled.Flat.ToDoubles(),
        .. new[] { runs.ReferenceState, runs.CompiledState }.SelectMany(s => new[] { s.First, s.Second, s.Average, s.Steps })
        .SelectMany(t => t.ToDoubles())];
}
