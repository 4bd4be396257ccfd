using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch.Tests;

/// <summary>A run that was stopped, killed or prolonged is, bit for bit, the run that was not.</summary>
public class ResumeLawTests
{
    private const int Examples = 10;

    public static readonly TheoryData<string> Names = [.. Experiments().Keys];

    [Theory, MemberData(nameof(Names))]
    public void TwoPartsAreTheWhole(string name)
    {
        var (experiment, data) = Case(name);
        using var folder = new TemporaryFolder();
        Trainer.Train(experiment, data, new(folder.Run("whole")));
        Trainer.Train(Shortened(experiment, 2), data, new(folder.Run("parts")));
        Trainer.Train(experiment, data, new(folder.Run("parts"), Resume: true));
        Equal(folder.Run("whole"), folder.Run("parts"));
    }

    [Fact]
    public void AFinishedRunGoesOnOnlyWithARateThatLearns()
    {
        using var folder = new TemporaryFolder();
        var (tiny, data) = (Samples.Tiny, Samples.Data(Samples.Tiny.Model));
        var ended = tiny.With(train: tiny.Train.With(epochs: 2, learningRate: TrainRecipes.LearningRate(2)));
        Trainer.Train(ended, data, new(folder.Run()));
        var state = File.ReadAllBytes(RunFolder.Open(folder.Run()).StateFile);
        var refused = Assert.Throws<VaeException>(() => Trainer.Train(
            ended.With(train: ended.Train.With(epochs: 4)), data, new(folder.Run(), Resume: true)));
        Assert.StartsWith("train.learningRate: must be above 0 after epoch 2", refused.Message, StringComparison.Ordinal);
        Assert.Equal(state, File.ReadAllBytes(RunFolder.Open(folder.Run()).StateFile));
        Assert.Equal(2, RunFolder.Open(folder.Run()).Experiment().Train.Epochs);
        // Both ways that the sentence names.
        using (var before = RunFolder.Open(folder.Run()).LoadModel())
        {
            Assert.Equal(Outcome.Completed, Trainer.Train(
                ended.With(train: TrainRecipes.Stretched(ended.Train, 4)), data, new(folder.Run(), Resume: true)).Outcome);
            using var after = RunFolder.Open(folder.Run()).LoadModel();
            Assert.True(Samples.LargestGap(before.Weights.Flat, after.Weights.Flat) > 1e-4);
        }
        Assert.Equal(5, Trainer.Train(ended.With(train: ended.Train.With(epochs: 5,
            learningRate: VaeException.Unwrap(SpecText.Schedule(refused.Message.Split("train.learningRate=")[1].Split(' ')[0], "lr")))),
            data, new(folder.Run(), Resume: true)).Epochs);
    }

    [Theory, MemberData(nameof(Names))]
    public void AnyInterruptionsAreNone(string name)
    {
        var (experiment, data) = Case(name);
        using var folder = new TemporaryFolder();
        Trainer.Train(experiment, data, new(folder.Run("whole")));
        var random = KeyedRandom.FromSeed(5);
        var result = Part(resume: false, 0);
        for (var turn = 0; result.Outcome == Outcome.Interrupted && turn < 200; turn++)
            result = Part(resume: true, 1 + random.Below(4, turn));
        Assert.NotEqual(Outcome.Interrupted, result.Outcome);
        Equal(folder.Run("whole"), folder.Run("parts"));

        TrainResult Part(bool resume, int steps)
        {
            using var stop = new CancellationTokenSource();
            var count = 0;
            var counting = new Each(received => { if (received is TrainEvent.Progressed && ++count == steps || steps == 0) stop.Cancel(); });
            return Trainer.Train(experiment, data, new(folder.Run("parts"), resume), new(TimeSpan.Zero, TimeSpan.MaxValue),
                counting, stop.Token);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void AKilledRunGoesOnFromItsLastCheckpoint(string name)
    {
        var (experiment, data) = Case(name);
        using var folder = new TemporaryFolder();
        var copies = new List<string>();
        // Every checkpoint of the run, in the midst of epochs and at their ends.
        Trainer.Train(experiment, data, new(folder.Run("whole")), Pace.EachStep, new Each(received =>
        {
            if (received is TrainEvent.Progressed or TrainEvent.EpochEnded)
                copies.Add(Copy(folder.Run("whole"), folder.Run($"killed-{copies.Count}")));
        }), default);
        for (var i = 0; i < copies.Count; i++)
        {
            // What a kill between two files leaves: half-written ones, a history or a model newer than the state, a lock of nobody.
            foreach (var file in new[] { "model.safetensors", "optimizer.safetensors", "history.jsonl", "experiment.json" })
                File.WriteAllText(Path.Combine(copies[i], file + ".tmp"), "{half");
            File.WriteAllText(Path.Combine(copies[i], "run.lock"), "");
            foreach (var newer in i + 1 < copies.Count ? new[] { "history.jsonl", "model.safetensors" } : [])
                File.Copy(Path.Combine(copies[i + 1], newer), Path.Combine(copies[i], newer), overwrite: true);
        }
        foreach (var copy in copies.Where((_, i) => i % 6 == 2))
        {
            Trainer.Train(experiment, data, new(copy, Resume: true));
            Equal(folder.Run("whole"), copy);
        }
    }

    [Fact]
    public void ARunKilledBeforeItsFirstStateBeginsAgain()
    {
        var (experiment, data) = Case("adam");
        using var folder = new TemporaryFolder();
        Trainer.Train(experiment, data, new(folder.Run("whole")));
        RunFolder.Create(folder.Run("killed"), experiment);
        Trainer.Train(experiment, data, new(folder.Run("killed"), Resume: true));
        Equal(folder.Run("whole"), folder.Run("killed"));
    }

    [Fact]
    public void ARunIsTheSameAgainAndAnotherForAnotherSeed()
    {
        var (experiment, data) = Case("stochastic");
        using var folder = new TemporaryFolder();
        Trainer.Train(experiment, data, new(folder.Run("one")));
        Trainer.Train(experiment, data, new(folder.Run("again")));
        Trainer.Train(experiment.With(train: experiment.Train.With(seed: 2)), data, new(folder.Run("other")));
        Equal(folder.Run("one"), folder.Run("again"));
        Assert.NotEqual(File.ReadAllBytes(folder.Run("one/model.safetensors")), File.ReadAllBytes(folder.Run("other/model.safetensors")));
    }

    private static Dictionary<string, Experiment> Experiments()
    {
        var tiny = Samples.Tiny.With(train: Samples.Tiny.Train.With(epochs: 4));
        Experiment Train(Func<TrainSpec, TrainSpec> change) => tiny.With(train: change(tiny.Train));
        var noisy = tiny.Model.With(encoder: new([Layers.Dropout(0.3), Layers.Linear(5), Layers.BatchNorm(), Layers.Relu], Heads.Dense),
            decoder: new([Layers.Linear(5), Layers.BatchNorm(), Layers.Tanh, Layers.Dropout(0.2)], Heads.Dense));
        var between = new Network([Layers.Linear(4), Layers.BatchNorm(), Layers.Tanh, Layers.Dropout(0.2)], Heads.Dense);
        var levels = Hierarchies.Ladder(Shape.Vector(2), [new(Shape.Vector(1), 2, between, between)]);
        return new()
        {
            ["adam"] = tiny,
            ["levels"] = tiny.With(model: tiny.Model
                .With(latent: 3, posterior: Posteriors.Hierarchical(levels), prior: Priors.Hierarchical(levels, Priors.LearnedNormal))),
            ["adamW, averaged, clipped"] = Train(
                t => t.With(optimizer: Optimizers.AdamW(0.1), averaging: Averagings.Exponential(0.99), clipping: Clippings.Norm(0.5))),
            ["outliers skipped"] =
                Train(t => t.With(clipping: Clippings.Skip(1.2, Clippings.Norm(0.8)), averaging: Averagings.Exponential(0.9))),
            ["warm restarts"] = Train(t => t.With(learningRate: Schedules.WarmRestarts(0.02, 0.001, 0.7, 1.5))),
            ["plateau"] = tiny.With(data: tiny.Data.With(validation: 0.2),
                train: tiny.Train.With(epochs: 9, stopping: Stoppings.Plateau(1, 0.3, 2), learningRate: Schedules.Constant(0.3))),
            ["sgd with momentum"] = Train(t => t.With(optimizer: Optimizers.Sgd(0.9), learningRate: Schedules.Cosine(0.01, 0, 4))),
            ["stochastic"] = tiny.With(data: tiny.Data.With(binarization: Binarizations.Stochastic),
                model: tiny.Model.With(likelihood: Likelihoods.Bernoulli)),
            ["dropout and batch norm"] = tiny.With(model: noisy),
            ["output bias of the data"] = Train(t => t.With(initialization: Initializations.Glorot())),
            ["weighted bound with a warm-up"] = tiny.With(objective: Objectives.ImportanceWeighted(3, beta: Schedules.Linear(0, 1, 1.5))),
            ["importance-weighted"] = tiny.With(objective: Objectives.ImportanceWeighted(3)),
            ["warm-up"] = tiny.With(objective: Objectives.Beta(Schedules.Linear(0, 1, 1.5))),
            ["conditional"] = tiny.With(model: tiny.Model.With(condition: Conditions.Label(3))),
            ["patience"] = tiny.With(objective: Objectives.Beta(Schedules.Linear(0, 4, 1)), data: tiny.Data.With(validation: 0.2),
                train: tiny.Train.With(epochs: 8, stopping: Stoppings.Patience(2), learningRate: Schedules.Constant(0.3),
                    averaging: Averagings.Exponential(0.5))),
        };
    }

    private static (Experiment Experiment, DataSplit Data) Case(string name) =>
        (Experiments()[name], Samples.Data(Experiments()[name].Model, Examples));

    private static Experiment Shortened(Experiment experiment, int epochs) => experiment.With(train: experiment.Train.With(epochs: epochs));

    private static string Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        return to;
    }

    /// <summary>Compares everything that two runs have left but their times.</summary>
    internal static void Equal(string expected, string actual)
    {
        Assert.Equal(File.ReadAllBytes(Path.Combine(expected, "model.safetensors")),
            File.ReadAllBytes(Path.Combine(actual, "model.safetensors")));
        string[] states = ["optimizer.safetensors",
            .. File.Exists(Path.Combine(expected, "best.safetensors")) ? ["best.safetensors"] : Array.Empty<string>()];
        foreach (var state in states)
        {
            SafeTensorFile one = SafeTensors.Read(Path.Combine(expected, state)), other = SafeTensors.Read(Path.Combine(actual, state));
            Assert.Equal(one.Tensors.Select(t => t.Name), other.Tensors.Select(t => t.Name));
            foreach (var (a, b) in one.Tensors.Zip(other.Tensors))
                Assert.True(a.Data.Span.SequenceEqual(b.Data.Span), a.Name);
            Assert.Equal(Timeless(one.Metadata), Timeless(other.Metadata));
        }
        Assert.Equal(Timeless(RunFolder.Open(expected).History()), Timeless(RunFolder.Open(actual).History()));
    }

    private static IEnumerable<KeyValuePair<string, string>> Timeless(IReadOnlyDictionary<string, string> metadata) =>
        metadata.Where(m => m.Key != "seconds").OrderBy(m => m.Key, StringComparer.Ordinal);

    private static IEnumerable<HistoryEntry> Timeless(ValueList<HistoryEntry> history) =>
        history.Select(entry => entry with { Seconds = 0, ImagesPerSecond = 0, Communication = 0 });
}
