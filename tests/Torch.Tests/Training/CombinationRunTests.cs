using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch.Tests;

/// <summary>Every pair that the tables allow is trained for 20 steps, saved and loaded.</summary>
public sealed class CombinationRunTests : IDisposable
{
    private const int Steps = 20, Compared = 6;

    private static readonly Dictionary<string, IReadOnlyList<Pair>> Tables = new()
    {
        ["prior"] = Combinations.OfPosteriorsAndPriors,
        ["objective"] = Combinations.OfObjectivesAndPosteriors,
        ["data"] = Combinations.OfLikelihoodsAndData,
    };

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<string, string, string> Allowed
    {
        get
        {
            var rows = new TheoryData<string, string, string>();
            foreach (var (table, pairs) in Tables)
                foreach (var pair in pairs.Where(pair => pair.IsAllowed))
                    rows.Add(table, pair.Row, pair.Column);
            return rows;
        }
    }

    private static Pair FindPair(string table, string row, string column) =>
        Tables[table].Single(pair => pair.Row == row && pair.Column == column);

    [Theory, MemberData(nameof(Allowed))]
    public void ItsLossFalls(string table, string row, string column)
    {
        var pair = FindPair(table, row, column);
        using var model = new VaeModel(pair.Run.Model, 3);
        using var state = new OptimizerState(model.Weights);
        using var step = new AutogradStep(model, state, pair.Run.Objective, pair.Run.Train, pair.Data.Train.Count);
        using var source = new BatchSource(pair.Data.Train, pair.Run.Model.Condition, Binarizations.None, pair.Data.Train.Count, 1, CPU);
        var (x, condition) = source.At(0, Purpose.EvaluateBinarize, 0);
        using (x)
        using (condition)
        {
            if (pair.Run.Objective is Objective.SemiSupervised m2)
                LabelledExamples.Forget(condition!, m2.Labelled, 7);
            var losses = Enumerable.Range(0, Steps).Select(i =>
            {
                step.Run(x, condition, new(i, 0.02, 1, (double)i / Steps, Measured: true));
                return step.Collect().Loss;
            }).ToList();
            Assert.All(losses, loss => Assert.True(double.IsFinite(loss)));
            Assert.True(model.Weights.AreFinite);
            var (before, after) = (losses.Take(Compared).Average(), losses.TakeLast(Compared).Average());
            Assert.True(!pair.Descends || after < before, $"{before} → {after}");
        }
    }

    [Theory, MemberData(nameof(Allowed))]
    public void ItIsLoadedAsItWasSaved(string table, string row, string column)
    {
        var pair = FindPair(table, row, column);
        var result = TinyRuns.Train(pair.Run, pair.Data, folder["run"]);
        using var loaded = RunFolder.Open(folder["run"]).LoadModel();
        Assert.Equal(pair.Run.Model, loaded.Spec);
        Assert.Equal(result.Test, new Evaluator(loaded, pair.Data.Test, Binarizations.None, pair.Run.Train.Seed).Terms());
    }
}
