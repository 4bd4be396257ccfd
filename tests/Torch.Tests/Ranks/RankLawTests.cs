namespace Vae.Torch.Tests;

/// <summary>A run has the same bits on any number of ranks, also if it goes on with another number.</summary>
public class RankLawTests
{
    private const int Examples = 21;

    public static readonly TheoryData<string> Names = [.. Experiments().Keys];

    [Theory, MemberData(nameof(Names))]
    public void TheNumberOfRanksDoesNotChangeTheResult(string name)
    {
        var (experiment, data) = Case(name);
        using var folder = new TemporaryFolder();
        Trainer.Train(experiment, data, new(folder.Run("one"), Threads: 1));
        foreach (var count in new[] { 2, 4 })
        {
            Train(count, experiment, data, new(folder.Run($"{count}")));
            ResumeLawTests.Equal(folder.Run("one"), folder.Run($"{count}"));
        }
    }

    [Theory]
    [InlineData(4, 2)]
    [InlineData(2, 4)]
    [InlineData(4, 1)]
    [InlineData(1, 2)]
    public void AnInterruptedRunGoesOnWithAnyNumberOfRanks(int before, int after)
    {
        var (experiment, data) = Case("stochastic");
        using var folder = new TemporaryFolder();
        Trainer.Train(experiment, data, new(folder.Run("whole"), Threads: 1));
        // A signal reaches the ranks at different steps: the first decides.
        var results = RankThreads.Run(before, ranks =>
        {
            using var stop = new CancellationTokenSource();
            var steps = 0;
            var counting = new Each(received => { if (received is TrainEvent.Progressed && ++steps == 4) stop.Cancel(); });
            return Trainer.Train(experiment, data, new(folder.Run("parts"), Threads: 1, Ranks: ranks), Pace.EachStep, counting, stop.Token);
        });
        Assert.All(results, result => Assert.Equal(Outcome.Interrupted, result.Outcome));
        Train(after, experiment, data, new(folder.Run("parts"), Resume: true));
        ResumeLawTests.Equal(folder.Run("whole"), folder.Run("parts"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void NetworksOfTheZooHaveTheSameBits(int threads)
    {
        var data = TinyRuns.Digits(96);
        using var folder = new TemporaryFolder();
        foreach (var (name, model, objective) in new[]
        {
            ("conv", Zoo.Conv(TinyRuns.Input), Objectives.Elbo),
            ("burda", VaeException.Unwrap(Zoo.Find("burda", TinyRuns.Input)), Objectives.ImportanceWeighted(5)),
        })
        {
            var tiny = Sharded(TinyRuns.Of(
                model.With(likelihood: Likelihoods.Bernoulli), objective, epochs: 1, Binarizations.Stochastic));
            var experiment = tiny.With(train: tiny.Train.With(batch: 40));
            Train(2, experiment, data, new(folder.Run(name), Threads: threads));
            Trainer.Train(experiment, data, new(folder.Run($"{name}-one"), Threads: threads));
            ResumeLawTests.Equal(folder.Run($"{name}-one"), folder.Run(name));
        }
    }

    [Fact]
    public void AWrongNumberOfRanksIsRefusedBeforeAFolderIsMade()
    {
        var (experiment, data) = Case("adam");
        using var folder = new TemporaryFolder();
        var messages = RankThreads.Run(3, ranks => Assert.Throws<VaeException>(() =>
            Trainer.Train(experiment, data, new(folder.Run(), Ranks: ranks))).Message);
        Assert.All(messages, message => Assert.Equal("ranks: must be 1, 2 or 4 with train.shards 4, got 3", message));
        Assert.False(Directory.Exists(folder.Run()));
    }

    [Fact]
    public void RanksWithOtherDataAreRefused()
    {
        var (experiment, data) = Case("adam");
        using var folder = new TemporaryFolder();
        var messages = RankThreads.Run(2, ranks => Assert.Throws<VaeException>(() => Trainer.Train(
            experiment, data with { Train = data.Train.Take([.. Enumerable.Range(0, Examples - ranks.Rank)]) },
            new(folder.Run(), Ranks: ranks))).Message);
        Assert.All(messages, message => Assert.Contains("data of 20 training", message, StringComparison.Ordinal));
    }

    [Fact]
    public void AnErrorOfTheFirstRankEndsAll()
    {
        var (experiment, data) = Case("adam");
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.Run(), "in the way");
        var messages = RankThreads.Run(2, ranks => Assert.Throws<VaeException>(() =>
            Trainer.Train(experiment, data, new(folder.Run(), Ranks: ranks))).Message);
        Assert.All(messages, message => Assert.StartsWith("rank 0: out: must be a new or empty folder", message));
    }

    private static void Train(int count, Experiment experiment, DataSplit data, RunOptions options) => RankThreads.Run(
        count, ranks => Trainer.Train(experiment, data, options with { Ranks = ranks, Threads = Math.Max(1, options.Threads) }));

    private static Dictionary<string, Experiment> Experiments()
    {
        var tiny = Sharded(Samples.Tiny.With(train: Samples.Tiny.Train.With(epochs: 3, batch: 8)));
        Experiment Train(Func<TrainSpec, TrainSpec> change) => tiny.With(train: change(tiny.Train));
        var labelled = tiny.With(model: tiny.Model.With(condition: Conditions.Label(3)));
        return new()
        {
            ["adam"] = tiny,
            ["averaged, clipped"] = Train(t => t.With(averaging: Averagings.Exponential(0.99), clipping: Clippings.Norm(0.5))),
            ["averaged"] = Train(t => t.With(averaging: Averagings.Exponential(0.99), optimizer: Optimizers.AdamW(0.05))),
            ["momentum"] = Train(t => t.With(optimizer: Optimizers.Sgd(0.9), learningRate: Schedules.Constant(1e-3))),
            ["outliers skipped"] = Train(t => t.With(clipping: Clippings.Skip(1.2, Clippings.Norm(0.8)))),
            ["stochastic"] = tiny.With(data: tiny.Data.With(binarization: Binarizations.Stochastic),
                model: tiny.Model.With(likelihood: Likelihoods.Bernoulli)),
            ["importance-weighted"] = tiny.With(objective: Objectives.ImportanceWeighted(3)),
            ["autograd with dropout"] = tiny.With(model: tiny.Model.With(posterior: Posteriors.FullNormal,
                encoder: new([Layers.Dropout(0.3), Layers.Linear(5), Layers.Tanh], Heads.Dense))),
            ["conditional"] = labelled,
            ["semi-supervised"] = labelled.With(objective: Objectives.SemiSupervised(6, 1, labelledShare: 0.6)),
            ["early stopping"] = tiny.With(data: tiny.Data.With(validation: 0.2),
                train: tiny.Train.With(epochs: 8, stopping: Stoppings.Patience(2), learningRate: Schedules.Constant(0.3))),
        };
    }

    private static Experiment Sharded(Experiment experiment) => experiment.With(train: experiment.Train.With(shards: 4));

    private static (Experiment Experiment, DataSplit Data) Case(string name) =>
        (Experiments()[name], Samples.Data(Experiments()[name].Model, Examples));
}
