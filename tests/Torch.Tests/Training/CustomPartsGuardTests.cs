using Vae.Tests;

namespace Vae.Torch.Tests;

/// <summary>What is wrong with an application's part ends in a sentence that names it.</summary>
public class CustomPartsGuardTests
{
    /// <summary>An objective that is sound on one carrier and breaks on what it is trained with.</summary>
    private sealed record Fickle(bool Throws) : IObjective
    {
        public string Name => "fickle";

        public ValueList<double> Settings => [Throws ? 1 : 0];

        public IObjective With(ValueList<double> settings) => new Fickle(settings[0] == 1);

        public T Loss<T>(ObjectiveTerms<T> terms) where T : struct, ITensor<T> =>
            typeof(T) == typeof(NdArray) ? terms.Kl
            : Throws ? throw new InvalidOperationException("cannot be computed here")
            : T.StopGradient(terms.Kl);
    }

    [Theory]
    [InlineData(true, "custom components (fickle): must not throw while training, got InvalidOperationException: cannot be computed here")]
    [InlineData(false, "objective: must give a loss that depends on the model's weights, got a constant of fickle")]
    public void AnObjectiveThatBreaksWhileTrainingIsNamed(bool throws, string message)
    {
        using var folder = new TemporaryFolder();
        var run = Samples.Tiny.With(objective: Objectives.Custom(new Fickle(throws)));
        var error = Assert.Throws<VaeException>(() => Trainer.Train(run, Samples.Data(run.Model), new(folder.Run())));
        Assert.Equal(message, error.Message);
        // What was made before it broke loads.
        using var model = RunFolder.Open(folder.Run(), CustomComponents.Collect(run)).LoadModel();
        Assert.True(model.Weights.AreFinite);
    }

    [Fact]
    public void ABrokenPartLeavesNoFolderBehind()
    {
        using var folder = new TemporaryFolder();
        var run = Vae.Tests.Parts.Run.With(objective: Objectives.Custom(new Renyi(2, 1)));
        var error = Assert.Throws<VaeException>(() => Trainer.Train(run, Samples.Data(run.Model), new(folder.Run())));
        Assert.Equal("objective.alpha: must not be 1, got 1", error.Message);
        Assert.False(Directory.Exists(folder.Run()));
    }

    [Fact]
    public void TheCompiledStepIsRefusedWithTheNameOfThePart()
    {
        using var folder = new TemporaryFolder();
        var run = Samples.Tiny.With(objective: Objectives.Custom(new Annealed()));
        var error = Assert.Throws<VaeException>(
            () => Trainer.Train(run, Samples.Data(run.Model), new(folder.Run(), Route: StepRoute.Compiled)));
        Assert.Equal("route: compiled does not cover formulas that read the epoch as a number, which changes from step to step, got annealed "
            + "(ask for autograd)", error.Message);
    }

    private sealed record Annealed : IObjective
    {
        public string Name => "annealed";

        public T Loss<T>(ObjectiveTerms<T> terms) where T : struct, ITensor<T> =>
            terms.MeanReconstruction + Math.Min(1, terms.Epoch) * terms.Kl;
    }

    [Fact]
    public void AnEventIsTakenApartByMatch()
    {
        using var folder = new TemporaryFolder();
        var seen = new List<string>();
        Trainer.Train(Samples.Tiny, Samples.Data(Samples.Tiny.Model), new(folder.Run()), new Each(e => seen.Add(e.Match(
            started: _ => "started", progressed: _ => "", epochEnded: ended => $"{ended.Entry.Epoch}", notFinite: _ => "broken",
            ended: ended => $"{ended.Result.Outcome}"))));
        Assert.Equal(["started", "1", "2", "3", "Completed"], seen.Where(name => name.Length > 0));
    }
}
