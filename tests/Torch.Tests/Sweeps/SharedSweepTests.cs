namespace Vae.Torch.Tests;

/// <summary>Processes that work on one folder leave the table of one alone, and searches are functions of their seed.</summary>
public sealed class SharedSweepTests : IDisposable
{
    private static readonly SweepSpec Six = SweepSpec.Product(
        Samples.Tiny.With(data: Samples.Tiny.Data.With(validation: 0.2), train: Samples.Tiny.Train.With(epochs: 4)),
        [new("latent", [.. Enumerable.Range(1, 6).Select(Latent)])]);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void TwoAtOnceTrainEachRunOnceAndHaveOneTable()
    {
        var alone = Sweep(Six, "alone");
        var trained = new System.Collections.Concurrent.ConcurrentBag<string>();
        var both = RankThreads.Run(2, _ => Sweep(Six, "shared", step => trained.Add(step.Run.Name)));
        Assert.Equal(Six.Runs.Select(run => run.Name).Order(), trained.Order());
        Assert.All(both, result => Equal(alone, result));
    }

    [Fact]
    public void ARunOfADeadProcessIsTakenOver()
    {
        var alone = Sweep(Six, "alone");
        // A process that dies releases its claims, in the midst of a run that has a checkpoint.
        var runs = 0;
        Assert.Throws<InvalidOperationException>(() => Sweeps.Run(Six, Data, Options("shared"), (step, data, how) =>
            Trainer.Train(step.Run.Experiment, data, how, Pace.EachStep, new Each(received =>
            {
                if (received is TrainEvent.EpochEnded { Entry.Epoch: 2 } && ++runs == 2)
                    throw new InvalidOperationException("dead");
            }), default)));
        Equal(alone, Sweep(Six, "shared"));
    }

    [Fact]
    public void AProcessWaitsForARunThatAnotherHas()
    {
        using var taken = new FolderLocks(folder.Run("shared")).TryTake(Six.Runs[0].Name);
        using var stop = new CancellationTokenSource();
        var part = Sweeps.Run(Six, Data, Options("shared"), (step, data, how) =>
        {
            if (step.Number == 6)
                stop.CancelAfter(TimeSpan.FromMilliseconds(300));
            return Trainer.Train(step.Run.Experiment, data, how);
        }, stop: stop.Token);
        Assert.Equal(Six.Runs.Skip(1).Select(run => run.Name), part.Rows.Select(row => row.Run));
    }

    [Fact]
    public void PartsAreTheWhole()
    {
        var alone = Sweep(Six, "alone");
        Assert.Equal(["latent-2", "latent-5"], Sweep(Six with { Part = new(2, 3) }, "parts").Rows.Select(row => row.Run));
        Assert.Equal(4, Sweep(Six with { Part = new(1, 3) }, "parts").Rows.Count);
        Equal(alone, Sweep(Six with { Part = new(3, 3) }, "parts"));
    }

    [Theory]
    [InlineData("SLURM_ARRAY_TASK_ID=3 SLURM_ARRAY_TASK_COUNT=4 SLURM_ARRAY_TASK_MIN=1", 3, 4)]
    [InlineData("SLURM_ARRAY_TASK_ID=0 SLURM_ARRAY_TASK_COUNT=4 SLURM_ARRAY_TASK_MIN=0", 1, 4)]
    [InlineData("SLURM_ARRAY_TASK_ID=14 SLURM_ARRAY_TASK_COUNT=3 SLURM_ARRAY_TASK_MIN=10 SLURM_ARRAY_TASK_STEP=2", 3, 3)]
    [InlineData("SLURM_ARRAY_TASK_ID=9", 1, 1)]
    public void ATaskOfAnArrayJobHasItsPart(string variables, int number, int of) => Assert.Equal(new(number, of), SweepPart.FromSlurm(
        variables.Split(' ').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]).GetValueOrDefault));

    [Theory]
    [InlineData("0/2")]
    [InlineData("3/2")]
    [InlineData("1")]
    public void OtherPartsAreRefused(string text) =>
        Assert.Equal(
            $"part: must be I/N with I in 1 … N, as 2/8, got {text}", Assert.Throws<VaeException>(() => SweepPart.Parse(text)).Message);

    [Fact]
    public void RandomRunsFollowFromTheSeedAndMoreOfThemBeginAlike()
    {
        SweepSpec Random(int count, ulong seed) => SweepSpec.Random(Samples.Tiny, [
            new("latent", u => Latent(1 + (int)(20 * u))), new("β", u => Beta(Math.Round(4 * u, 3)))], count, seed);
        Assert.Equal(Random(8, 1).Runs.Select(run => run.Name), Random(20, 1).Runs.Take(8).Select(run => run.Name));
        Assert.NotEqual(Random(8, 1).Runs.Select(run => run.Name), Random(8, 2).Runs.Select(run => run.Name));
        Assert.Equal(20, Random(20, 1).Runs.Select(run => run.Experiment).Distinct().Count());
        // One range has no more values than these.
        Assert.Equal(3, SweepSpec.Random(Samples.Tiny, [new("latent", u => Latent(1 + (int)(3 * u)))], 10, 1).Runs.Count);
    }

    [Fact]
    public void HalvingTrainsTheBestToTheEndAsIfAlone()
    {
        var halving = Six with { Halving = new(2, 1) };
        var result = Sweep(halving, "halving");
        Assert.Equal([1, 1, 1, 2, 2, 4], result.Rows.Select(row => row.Epochs).Order());
        var best = result.Rows.Single(row => row.Epochs == 4);
        Assert.Equal(Outcome.Completed, best.Outcome);
        var all = Sweep(Six, "alone");
        Assert.Equal(Weights("alone", best.Run), Weights("halving", best.Run));
        // The first rung keeps those with the best criterion after an epoch.
        var first = all.Rows.OrderBy(row => RunFolder.Open(Path.Combine(folder.Run("alone"), row.Run)).History()[0].Validation.Criterion);
        Assert.Equal(first.Take(3).Select(row => row.Run).Order(), result.Rows.Where(row => row.Epochs > 1).Select(row => row.Run).Order());
        Equal(result, Sweep(halving, "halving", _ => Assert.Fail("nothing is left to train")));
    }

    /// <summary>Li et al. 2018, table 1: R = 81, η = 3.</summary>
    [Fact]
    public void BracketsAreThoseOfThePaper()
    {
        string[] expected = ["81@1 27@3 9@9 3@27 1@81", "34@3 11@9 3@27 1@81", "15@9 5@27 1@81", "8@27 2@81", "5@81"];
        var halving = SweepHalving.Hyperband(3);
        Assert.Equal(143, SweepHalving.HyperbandRuns(81, 3));
        var brackets = halving.Brackets(143, 81);
        Assert.Equal(expected, brackets.Select(bracket =>
        {
            var (runs, texts) = (bracket.Runs, new List<string>());
            foreach (var epochs in bracket.Rungs)
            {
                texts.Add($"{runs.Count}@{epochs}");
                runs = halving.Survivors([.. runs.Select(run => (run, (double)run))]);
            }
            return string.Join(' ', texts);
        }));
        Assert.Equal(Enumerable.Range(0, 143), brackets.SelectMany(bracket => bracket.Runs));
        // Other lengths: whole epochs, the last of all rungs being all of them.
        Assert.Equal([1, 3, 11, 33, 100], halving.Brackets(200, 100)[0].Rungs);
        Assert.All(Enumerable.Range(1, 60), all => Assert.All(SweepHalving.Hyperband(2).Brackets(999, all), bracket =>
            Assert.True(bracket.Rungs[0] >= 1 && bracket.Rungs[^1] == all
                && bracket.Rungs.SequenceEqual(bracket.Rungs.Distinct().Order()))));
    }

    [Fact]
    public void HyperbandTrainsItsBracketsAndIsResumed()
    {
        var ten = SweepSpec.Product(Six.Runs[0].Experiment, [new("latent", [.. Enumerable.Range(1, 10).Select(Latent)])]) with
        {
            Halving = SweepHalving.Hyperband(2),
        };
        var result = Sweep(ten, "hyperband");
        // 4, 2 and 1 of the first four, 3 and 1 of the next three, and the last three whole.
        Assert.Equal([1, 1, 2, 4], result.Rows.Take(4).Select(row => row.Epochs).Order());
        Assert.Equal([2, 2, 4], result.Rows.Skip(4).Take(3).Select(row => row.Epochs).Order());
        Assert.All(result.Rows.Skip(7), row => Assert.Equal((4, Outcome.Completed), (row.Epochs, row.Outcome)));
        Equal(result, Sweep(ten, "hyperband", _ => Assert.Fail("nothing is left to train")));
        var begun = 0;
        Assert.Throws<InvalidOperationException>(() => Sweep(ten, "dead", _ =>
        {
            if (++begun == 8)
                throw new InvalidOperationException("dead");
        }));
        Equal(result, Sweep(ten, "dead"));
    }

    [Fact]
    public void HalvingNeedsAValidationPartAndNoParts()
    {
        var without = SweepSpec.Product(Samples.Tiny, []) with { Halving = new(1, 0), Part = new(1, 2) };
        Assert.Equal(["search.factor: must be at least 2, got 1", "search.epochs: must be at least 1, got 0",
            "search: needs a validation part of the data to compare runs (data.validation above 0), got none",
            "part: must be left out when runs are compared with each other (start more processes on one folder), got one"],
            Assert.Throws<VaeException>(() => Sweep(without, "none")).Message.Split(Environment.NewLine));
    }

    private SweepResult Sweep(SweepSpec sweep, string name, Action<SweepStep>? begun = null) =>
        Sweeps.Run(sweep, Data, Options(name), (step, data, how) =>
        {
            begun?.Invoke(step);
            return Trainer.Train(step.Run.Experiment, data, how);
        });

    private void Equal(SweepResult expected, SweepResult actual)
    {
        Assert.Equal(expected.Rows.Select(row => row with { Seconds = 0 }), actual.Rows.Select(row => row with { Seconds = 0 }));
        Assert.All(expected.Rows, row => Assert.Equal(
            File.ReadAllBytes(Path.Combine(expected.Folder, row.Run, "model.safetensors")),
            File.ReadAllBytes(Path.Combine(actual.Folder, row.Run, "model.safetensors"))));
        Assert.True(File.Exists(Path.Combine(actual.Folder, "sweep.json")));
    }

    private byte[] Weights(string sweep, string run) => File.ReadAllBytes(Path.Combine(folder.Run(sweep), run, "model.safetensors"));

    private RunOptions Options(string name) => new(folder.Run(name), Threads: 1);

    private static SweepValue Latent(int size) => new($"{size}", e => e.With(model: e.Model.With(latent: size)));

    private static SweepValue Beta(double beta) =>
        new(FormattableString.Invariant($"{beta}"), e => e.With(objective: Objectives.Beta(beta)));

    private static DataSplit Data(Experiment experiment) => Samples.Data(experiment.Model);
}
