namespace Vae.Torch.Tests;

/// <summary>A sweep is its runs: each as if it had been trained alone, however often the sweep was stopped.</summary>
public sealed class SweepLawTests : IDisposable
{
    private static readonly SweepSpec Four = SweepSpec.Product(Samples.Tiny, [
        new("β", [Beta(0.5), Beta(4)]),
        new("latent", [new("2", e => e), new("3", e => e.With(model: e.Model.With(latent: 3)))])]);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void AProductHasEveryCombinationOnceAndTheLastAxisFastest()
    {
        Assert.Equal(["--0.5_latent-2", "--0.5_latent-3", "--4_latent-2", "--4_latent-3"], Four.Runs.Select(run => run.Name));
        Assert.Equal([2, 3, 2, 3], Four.Runs.Select(run => run.Experiment.Model.Latent));
        Assert.Equal(Four.Runs[2].Experiment, Samples.Tiny.With(objective: Objectives.Beta(4)));
        Assert.Equal(["β", "latent"], Four.Axes);
    }

    [Fact]
    public void EachRunIsWhatItIsAlone()
    {
        var result = Sweeps.Run(Four, Data, new(folder.Run("sweep"), Threads: 1, Reporter: RunReports.Html), reporter: SweepReports.Html);
        foreach (var (run, row) in Four.Runs.Zip(result.Rows))
        {
            var alone = Trainer.Train(run.Experiment, Data(run.Experiment), new(folder.Run(run.Name), Threads: 1));
            Assert.Equal((run.Name, Outcome.Completed, alone.Test), (row.Run, row.Outcome, row.Test));
            Assert.Equal(Weights(folder.Run(run.Name)), Weights(Path.Combine(folder.Run("sweep"), run.Name)));
        }
        Assert.Equal(ParetoFronts.Indices([.. result.Rows.Select(r => r.Test.Kl!.Value)],
            [.. result.Rows.Select(r => r.Test.Reconstruction)]).Order(),
            Enumerable.Range(0, 4).Where(i => result.Rows[i].Pareto));
        Assert.Contains("--4_latent-3", File.ReadAllText(Path.Combine(folder.Run("sweep"), "sweep.html")), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder.Run("sweep"), "rate-distortion.png"))
            && File.Exists(Path.Combine(folder.Run("sweep"), "sweep.json")));
    }

    [Fact]
    public void AnInterruptedSweepGoesOnAndKeepsWhatIsFinished()
    {
        var whole = Sweeps.Run(Four, Data, new(folder.Run("whole"), Threads: 1, Reporter: RunReports.Html), reporter: SweepReports.Html);
        for (var turn = 0; turn < 20; turn++)
        {
            using var stop = new CancellationTokenSource();
            var steps = 0;
            var part = Sweeps.Run(Four, Data, new(folder.Run("parts"), Threads: 1, Reporter: RunReports.Html),
                (step, data, how) => Trainer.Train(
                step.Run.Experiment, data, how, new(TimeSpan.Zero, TimeSpan.MaxValue),
                new Each(received => { if (received is TrainEvent.Progressed && ++steps == 4) stop.Cancel(); }), stop.Token),
                    SweepReports.Html, stop.Token);
            if (part.Rows.Count == 4 && part.Rows.All(row => row.Outcome == Outcome.Completed))
            {
                Assert.InRange(turn, 2, 19);
                Assert.Equal(whole.Rows.Select(row => (row.Run, row.Test, row.Pareto)),
                    part.Rows.Select(row => (row.Run, row.Test, row.Pareto)));
                Assert.All(whole.Rows, row =>
                    Assert.Equal(Weights(Path.Combine(folder.Run("whole"), row.Run)), Weights(Path.Combine(folder.Run("parts"), row.Run))));
                return;
            }
        }
        Assert.Fail("the sweep never ended");
    }

    [Fact]
    public void EveryProblemOfEveryRunIsReportedBeforeTraining()
    {
        var broken = SweepSpec.Product(Samples.Tiny.With(train: Samples.Tiny.Train.With(batch: 0)), [
            new("latent", [new("0", e => e.With(model: e.Model.With(latent: 0))), new("2", e => e)])]);
        var message = Assert.Throws<VaeException>(() => Sweeps.Run(broken, Data, new(folder.Run()))).Message;
        Assert.Contains("model.latent: must be at least 1, got 0 (in latent-0)", message, StringComparison.Ordinal);
        Assert.Contains("train.batch: must be at least 1, got 0 (in every run)", message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.Run()));
    }

    [Fact]
    public void AFolderOfAnotherSweepIsRefused()
    {
        var one = SweepSpec.Product(Samples.Tiny, []);
        Sweeps.Run(one, Data, new(folder.Run(), Threads: 1));
        var other = SweepSpec.Product(Samples.Tiny.With(train: Samples.Tiny.Train.With(seed: 9)), []);
        Assert.Contains("out: must be a folder that holds only runs of this sweep",
            Assert.Throws<VaeException>(() => Sweeps.Run(other, Data, new(folder.Run()))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TooManyOrNoValuesAreRefused()
    {
        Assert.StartsWith("sweep.none: must have at least one value",
            Assert.Throws<VaeException>(() => SweepSpec.Product(Samples.Tiny, [new("none", [])])).Message, StringComparison.Ordinal);
        ValueList<SweepValue> hundred = [.. Enumerable.Range(0, 101).Select(i => new SweepValue($"{i}", e => e))];
        Assert.Equal("sweep: must be at most 10000 runs, got 10201",
            Assert.Throws<VaeException>(() => SweepSpec.Product(Samples.Tiny, [new("a", hundred), new("b", hundred)])).Message);
    }

    private static SweepValue Beta(double beta) =>
        new(FormattableString.Invariant($"{beta}"), e => e.With(objective: Objectives.Beta(beta)));

    private static DataSplit Data(Experiment experiment) => Samples.Data(experiment.Model);

    private static byte[] Weights(string run) => File.ReadAllBytes(Path.Combine(run, "model.safetensors"));
}
