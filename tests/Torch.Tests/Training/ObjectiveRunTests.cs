using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch.Tests;

/// <summary>Every objective trains, saves and resumes with every posterior that it allows.</summary>
public class ObjectiveRunTests
{
    private const int Steps = 60;

    private static readonly IReadOnlyDictionary<string, (Objective Objective, bool Descends)> Cases = Combinations.AllObjectives;

    private static readonly Dictionary<string, VaeSpec> Models = new()
    {
        ["diagonal normal"] = Samples.Tiny.Model,
        ["point"] = Samples.Tiny.Model.With(posterior: Posteriors.Point),
        ["with a label"] = Samples.Tiny.Model.With(condition: Conditions.Label(3)),
        ["with a prior of the label"] = Samples.Tiny.Model.With(condition: Conditions.Label(3), prior: Zoo.ConditionalPrior(4)),
    };

    private static readonly (string Objective, string Model)[] Pairs = [
        .. from objective in Cases
           from model in Models
           where Specs.Problems(Run(model.Value, objective.Value.Objective)).Count == 0
           select (objective.Key, model.Key)];

    public static TheoryData<string, string> Allowed
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var (objective, model) in Pairs)
                rows.Add(objective, model);
            return rows;
        }
    }

    private static Experiment Run(VaeSpec model, Objective objective) => Samples.Tiny.With(model: model, objective: objective);

    [Fact]
    public void EachHasAModelAndEachModelHasSome()
    {
        Assert.Equal(Cases.Keys.Order(), Pairs.Select(pair => pair.Objective).Distinct().Order());
        Assert.Equal(Models.Keys.Order(), Pairs.Select(pair => pair.Model).Distinct().Order());
    }

    [Theory, MemberData(nameof(Allowed))]
    public void ItLearns(string objective, string model)
    {
        var (spec, (goal, descends)) = (Models[model], Cases[objective]);
        using var network = new VaeModel(spec, 3);
        using var state = new OptimizerState(network.Weights);
        using var step = new AutogradStep(network, state, goal, Samples.Tiny.Train, examples: 12);
        using var x = Samples.Inputs(spec, 12);
        using var condition = Labels(spec, 12, unknown: objective == "m2");
        // The mean over noise of several steps before and after.
        double before = 0, after = 0;
        for (var i = 0; i < Steps; i++)
        {
            step.Run(x, condition, new(i, 0.01, 1, i / 12.0, Measured: true));
            var totals = step.Collect();
            Assert.True(double.IsFinite(totals.Loss) && double.IsFinite(totals.Reconstruction) && double.IsFinite(totals.Kl));
            (before, after) = (before + (i < 20 ? totals.Loss : 0), after + (i >= Steps - 20 ? totals.Loss : 0));
        }
        Assert.True(network.Weights.AreFinite && step.Auxiliaries.All(own => own.Weights.AreFinite));
        Assert.True(!descends || after < before, $"{before} → {after}");
    }

    [Theory, MemberData(nameof(Allowed))]
    public void AResumedRunIsTheWhole(string objective, string model)
    {
        var whole = Run(Models[model], Cases[objective].Objective);
        var data = Samples.Data(whole.Model);
        using var folder = new TemporaryFolder();
        Trainer.Train(whole, data, new(folder.Run("whole")));
        Trainer.Train(whole.With(train: whole.Train.With(epochs: 1)), data, new(folder.Run("parts")));
        Trainer.Train(whole, data, new(folder.Run("parts"), Resume: true));
        foreach (var file in new[] { "model.safetensors", "optimizer.safetensors" })
        {
            SafeTensorFile one = SafeTensors.Read(Path.Combine(folder.Run("whole"), file)),
                other = SafeTensors.Read(Path.Combine(folder.Run("parts"), file));
            Assert.Equal(one.Tensors.Select(t => t.Name), other.Tensors.Select(t => t.Name));
            Assert.All(one.Tensors.Zip(other.Tensors),
                pair => Assert.True(pair.First.Data.Span.SequenceEqual(pair.Second.Data.Span), pair.First.Name));
        }
        using var loaded = RunFolder.Open(folder.Run("whole")).LoadModel();
        var held = RunFolder.Open(folder.Run("whole")).History()[^1].Validation;
        Assert.Equal(held, new Evaluator(loaded, data.Validation, Binarizations.None, whole.Train.Seed).Terms());
    }

    [Fact]
    public void ADiscriminatorIsSavedWithTheStateAndAClassifierAlsoWithTheModel()
    {
        using var folder = new TemporaryFolder();
        string[] Names(string objective, string model, string file)
        {
            var run = Run(Models[model], Cases[objective].Objective);
            var to = folder.Run($"{objective} {file}");
            Trainer.Train(run, Samples.Data(run.Model), new(to));
            return [.. SafeTensors.Read(Path.Combine(to, file)).Tensors.Select(tensor => tensor.Name)];
        }
        Assert.Contains("critic.1.weight", Names("factor", "diagonal normal", "optimizer.safetensors"));
        Assert.Contains("optimizer.critic.second", Names("aae", "point", "optimizer.safetensors"));
        Assert.DoesNotContain("critic.1.weight", Names("aae", "point", "model.safetensors"));
        Assert.Contains("classifier.0.weight", Names("m2", "with a label", "model.safetensors"));
    }

    [Fact]
    public void TheClassifierOfARunIsFoundInItsFolder()
    {
        var run = Run(Models["with a label"], Objectives.SemiSupervised(30, 20, new([Layers.Linear(8), Layers.Tanh], Heads.Dense)));
        // The label is what the first value says, so that there is something to learn.
        float[] values = [.. Enumerable.Range(0, 60 * 6).Select(i => i % 6 == 0 ? i / 6 % 3 / 2f : 0.5f)];
        var data = Dataset.Create("thirds", run.Model.Input, Pixels.OfFloats(values), Enumerable.Range(0, 60).Select(i => i % 3).ToArray(),
            ["0", "1", "2"]);
        using var folder = new TemporaryFolder();
        Trainer.Train(run.With(train: run.Train.With(epochs: 40, learningRate: Schedules.Constant(0.05))), new(data, data, data),
            new(folder.Run()));
        using var classifier = LabelClassifier.Load(RunFolder.Open(folder.Run()));
        Assert.Equal(1, classifier.Accuracy(data));
        using var model = RunFolder.Open(folder.Run()).LoadModel();
        MeasureRequest request = new(new(model, data, Binarizations.None), new(data, data, data));
        double Error(MeasureRequest of) => (double)NamedMeasures.FindNumber("labelError").Measure.Measure(of, default);
        Assert.Equal(0, Error(request with { Folder = RunFolder.Open(folder.Run()) }));
        Assert.Equal("measure: labelError needs the folder of a run, got none", Assert.Throws<VaeException>(() => Error(request)).Message);
        var unlabelled = Dataset.Create("unlabelled", data.Shape, Pixels.OfFloats(values), default, []);
        var rows = classifier.Probabilities(unlabelled).ToArray().Chunk(3).ToList();
        Assert.Equal(60, rows.Count);
        Assert.All(rows, (row, i) => Assert.True(Math.Abs(row.Sum() - 1) < 1e-12 && row.Max() == row[i % 3]));
        using var best = LabelClassifier.Load(RunFolder.Open(folder.Run()), best: true);
        Assert.InRange(best.Accuracy(data), 0.5, 1);
        Assert.Equal("data: must have labels to measure a classifier, got none in unlabelled",
            Assert.Throws<VaeException>(() => classifier.Accuracy(unlabelled)).Message);
        Assert.StartsWith("data: must have the shape", Assert.Throws<VaeException>(() => classifier.Probabilities(
            Dataset.Create("other", Shape.Vector(5), Pixels.OfFloats(new float[5]), default, []))).Message);
        var plain = Run(Models["diagonal normal"], Objectives.Elbo);
        Trainer.Train(plain, Samples.Data(plain.Model), new(folder.Run("plain")));
        Assert.Equal("objective: must be m2 for a label classifier, got elbo",
            Assert.Throws<VaeException>(() => LabelClassifier.Load(RunFolder.Open(folder.Run("plain")))).Message);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(10)]
    public void TheGivenNumberOfLabelsIsKeptEvenlyFromTheClasses(int count)
    {
        using var labels = eye(3, 3).repeat(4, 1);
        LabelledExamples.Forget(labels, count, 7);
        var kept = labels.sum(0).ToDoubles();
        Assert.Equal(count, kept.Sum());
        Assert.InRange(kept.Max() - kept.Min(), 0, 1);
    }

    [Theory]
    [InlineData(0.25, 2)]
    [InlineData(0.5, 4)]
    public void EveryBatchHasItsShareOfLabels(double share, int expected)
    {
        var run = Run(Models["with a label"], Objectives.SemiSupervised(3, 1, labelledShare: share));
        var data = Samples.Data(run.Model, 40).Train;
        using var batches = new BatchSource(data, run.Model.Condition, Binarizations.None, 8, 5, CPU);
        batches.KeepLabels(3, share, 5);
        for (var epoch = 0; epoch < 3; epoch++)
        {
            batches.Shuffle(epoch);
            batches.Each((_, labels, _) => Assert.Equal(expected, labels!.sum().ToDouble()));
        }
    }

    [Fact]
    public void StepsLeaveNothingBehind()
    {
        foreach (var name in new[] { "piwae:dreg", "beta-tc", "factor", "rae:gp", "vae-gan", "wae" })
        {
            var spec = Models["diagonal normal"];
            using var network = new VaeModel(spec, 3);
            using var state = new OptimizerState(network.Weights);
            using var step = new AutogradStep(network, state, Cases[name].Objective, Samples.Tiny.Train, examples: 12);
            using var x = Samples.Inputs(spec, 12);
            step.Run(x, null, Samples.At(0));
            var held = Samples.HeldTensors();
            for (var i = 1; i < 30; i++)
                step.Run(x, null, Samples.At(i));
            Assert.Equal((name, held), (name, Tensor.TotalCount));
        }
    }

    private static Tensor? Labels(VaeSpec spec, long batch, bool unknown)
    {
        if (spec.Condition is not Condition.Label label)
            return null;
        var hot = zeros(batch, label.Classes);
        for (var i = 0; i < batch; i++)
            if (!unknown || i % 2 == 0)
                hot[i, i % label.Classes] = 1;
        return hot;
    }
}
