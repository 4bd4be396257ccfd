namespace Vae.Torch.Tests;

public sealed class RunSeriesTests : IDisposable
{
    private static readonly DataSplit Data = TinyRuns.Digits();
    private static readonly Experiment Tiny = TinyRuns.Of(Zoo.Mlp(TinyRuns.Input, 2, 8));

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private RunFolder Finish(Experiment experiment, List<TrainEvent> received, CancellationToken stop = default,
        Action<TrainEvent>? also = null) =>
        RunSeries.Finish(experiment, () => Data, new(folder.Run(), Threads: 1, Reporter: RunReports.Html), new Each(value =>
        {
            received.Add(value);
            also?.Invoke(value);
        }), stop);

    [Fact]
    public void WhatIsFinishedIsNotTrainedAgain()
    {
        List<TrainEvent> first = [], second = [];
        var run = Finish(Tiny, first);
        var weights = File.ReadAllBytes(run.ModelFile);
        Assert.Contains(first, value => value is TrainEvent.Ended);
        Assert.True(File.Exists(run.File("report.html")));
        Finish(Tiny, second);
        Assert.Empty(second);
        Assert.Equal(weights, File.ReadAllBytes(run.ModelFile));
    }

    [Fact]
    public void WhatWasStoppedGoesOnAndEndsAsIfItHadNot()
    {
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => Finish(Tiny, [], stop.Token, value =>
        {
            if (value is TrainEvent.EpochEnded)
                stop.Cancel();
        }));
        var run = Finish(Tiny, []);
        Assert.Equal(2, run.History().Count);
        TinyRuns.Train(Tiny, Data, folder.Run("whole"));
        Assert.Equal(File.ReadAllBytes(RunFolder.Open(folder.Run("whole")).ModelFile), File.ReadAllBytes(run.ModelFile));
    }

    [Fact]
    public void AnotherExperimentIsNotTakenForIt()
    {
        Finish(Tiny, []);
        Damage.Refused(() => Finish(Tiny.With(train: Tiny.Train.With(seed: 9)), []),
            "out: must be new or hold runs of the same experiments, got another experiment in");
    }

    [Fact]
    public void ARunThatDivergesIsNoRunToCompare() =>
        Damage.Refused(() => Finish(Tiny.With(model: Tiny.Model.With(likelihood: Likelihoods.SquaredError),
            train: Tiny.Train.With(learningRate: Schedules.Constant(1e12))), []),
            "must train to its end, got: ");
}
