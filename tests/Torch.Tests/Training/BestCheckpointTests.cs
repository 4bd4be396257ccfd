namespace Vae.Torch.Tests;

/// <summary>The best epoch is kept whole, and a stalled bound lowers the learning rate.</summary>
public class BestCheckpointTests
{
    // A rate that rises: the last epochs undo what the first have learnt.
    private static readonly Experiment Restless = Samples.Tiny.With(
        data: Samples.Tiny.Data.With(validation: 0.2),
        train: Samples.Tiny.Train.With(epochs: 10, learningRate: Schedules.Linear(0.02, 3, 10)));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ItsWeightsAreThoseOfTheBestEpoch(bool averaged)
    {
        var experiment = averaged ? Restless.With(train: Restless.Train.With(averaging: Averagings.Exponential(0.5))) : Restless;
        var data = Samples.Data(experiment.Model);
        using var folder = new TemporaryFolder();
        var result = Trainer.Train(experiment, data, new(folder.Run()));
        using var best = RunFolder.Open(folder.Run()).LoadBest();
        var held = new Evaluator(best, data.Validation, experiment.Data.Binarization, experiment.Train.Seed).Terms();
        Assert.Equal(result.History.Min(entry => entry.Validation.NegElbo), held.NegElbo);
        Assert.NotEqual(result.History[^1].Validation.NegElbo, held.NegElbo);
    }

    [Fact]
    public void InPlaceOfTheStateTrainingGoesOnFromIt()
    {
        var data = Samples.Data(Restless.Model);
        using var folder = new TemporaryFolder();
        var result = Trainer.Train(Restless, data, new(folder.Run("whole")));
        Trainer.Train(Restless, data, new(folder.Run("again")));
        var again = RunFolder.Open(folder.Run("again"));
        File.Copy(again.BestFile, again.StateFile, overwrite: true);
        var from = 0L;
        Trainer.Train(Restless, data, new(folder.Run("again"), Resume: true),
            new Each(received => from = received is TrainEvent.Started started ? started.Step : from));
        Assert.Equal(result.History.MinBy(entry => entry.Validation.NegElbo)!.Step, from);
        Assert.InRange(from, 1, result.History[^2].Step);
        Assert.Equal(File.ReadAllBytes(RunFolder.Open(folder.Run("whole")).ModelFile), File.ReadAllBytes(again.ModelFile));
    }

    [Fact]
    public void WithoutAValidationSetThereIsNoBest()
    {
        using var folder = new TemporaryFolder();
        Trainer.Train(Samples.Tiny, Samples.Data(Samples.Tiny.Model) is var data ? data with { Validation = data.Validation.Take([]) }
            : null!, new(folder.Run()));
        Assert.Contains("must have a best epoch", Assert.Throws<VaeException>(() => RunFolder.Open(folder.Run()).LoadBest()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void AStalledBoundLowersTheRateSoManyTimesAndThenEndsTheRun()
    {
        // Nothing changes at a rate of almost 0, so every epoch after the first stalls.
        var still = Restless
            .With(train: Restless.Train.With(epochs: 20, learningRate: Schedules.Constant(1e-30), stopping: Stoppings.Plateau(2, 0.5, 2)));
        using var folder = new TemporaryFolder();
        var result = Trainer.Train(still, Samples.Data(still.Model), new(folder.Run()));
        Assert.Equal([1, 1, 1, 0.5, 0.5, 0.25, 0.25], result.History.Select(entry => entry.LearningRate / 1e-30));
        Assert.Equal(Outcome.StoppedEarly, result.Outcome);
    }
}
