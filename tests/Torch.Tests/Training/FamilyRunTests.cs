using TorchSharp;
using Vae.Tests;

namespace Vae.Torch.Tests;

/// <summary>Every likelihood is trained on data that it is for, measured, saved and loaded.</summary>
public sealed class FamilyRunTests : IDisposable
{
    private const int Count = 96;

    private readonly TempFolder folder = new();

    public static TheoryData<string> All => [.. Families.All.Select(family => family.Text)];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(All))]
    public void ItLearnsAndLoadsAsItWasSaved(string text)
    {
        var family = Families.All.First(family => family.Text == text);
        var data = Data(family);
        var model = Zoo.Mlp(data.Train.Shape, 2, 16).With(likelihood: family.Likelihood);
        var experiment = TrainRecipes.Default(model, "any", epochs: 12)
            .With(train: TrainRecipes.Default(model, "any", epochs: 12).Train.With(batch: 16));
        var result = TinyRuns.Train(experiment, data, folder["run"]);
        Assert.Equal(Outcome.Completed, result.Outcome);
        Assert.True(result.History[^1].Step >= 40);
        Assert.All(result.History, entry => Assert.True(entry.Train.AreFinite && entry.Validation.AreFinite));
        using var untrained = new VaeModel(model, experiment.Train.Seed);
        using var loaded = RunFolder.Open(folder["run"]).LoadModel();
        Assert.True(Loss(loaded, data) < Loss(untrained, data), $"{Loss(untrained, data)} → {Loss(loaded, data)}");
        Assert.Equal(model, loaded.Spec);
        var again = new Evaluator(loaded, data.Test, Binarizations.None, experiment.Train.Seed);
        Assert.Equal(result.Test, again.Terms());
        Assert.True(double.IsFinite(again.Nll(3)));
        using var scope = torch.NewDisposeScope();
        Assert.Equal([5, Family.Values], loaded.Sample(5, 1).shape);
        Assert.All(loaded.Sample(5, 1).ToFloats(), value => Assert.True(float.IsFinite(value)));
    }

    [Theory]
    [InlineData("normal:optimal")]
    [InlineData("poisson:library")]
    public void WhatIsEstimatedWhileTrainingIsKept(string text)
    {
        var family = Families.All.First(family => family.Text == text);
        var model = Zoo.Mlp(Shape.Vector(Family.Values), 2, 16).With(likelihood: family.Likelihood);
        TinyRuns.Train(TrainRecipes.Default(model, "any", epochs: 2), Data(family), folder["run"]);
        using var loaded = RunFolder.Open(folder["run"]).LoadModel();
        var kept = loaded.Weights[Parameters.List(model).Single(parameter => !parameter.Trained).Name].ToDoubles();
        // Two steps, each a hundredth.
        Assert.Equal(1 - Math.Pow(0.99, 2), kept[1], 1e-5);
        Assert.True(kept[0] > 0);
    }

    private static double Loss(VaeModel model, DataSplit data) =>
        new Evaluator(model, data.Train, Binarizations.None).Terms(draws: 10).Criterion;

    /// <summary>Examples whose four values hang together, in the family's support.</summary>
    private static DataSplit Data(Family family)
    {
        NdArray z = Noise(1, Count, 1), raw = z * NdArray.FromValues([0.9, -0.8, 0.7, 1], 1, Family.Values)
            + 0.3 * Noise(2, Count, Family.Values);
        var support = family.Support(raw);
        var x = NdArray.Slice(support, 1, 0, Family.Values).ToArray().Select(value => (float)value).ToArray();
        var masked = family.Formulas.TakesMask;
        if (masked)
        {
            var observed = NdArray.Slice(support, 1, Family.Values, Family.Values).ToArray();
            for (var i = 0; i < x.Length; i++)
                if (i % 7 == 0 || observed[i] == 0)
                    x[i] = float.NaN;
        }
        var all = Dataset.Create("made", Shape.Vector(Family.Values),
            Pixels.OfNumbers(x, i => $"[{i}]", new(RawValues: true, masked)), default, []);
        return Splits.Divide(masked ? all.WithMask() : all, 0, 1 / 3.0, 1);
    }

    private static NdArray Noise(ulong seed, params int[] dims)
    {
        var source = KeyedRandom.FromSeed(seed);
        return NdArray.FromValues([.. Enumerable.Range(0, dims[0] * dims[1]).Select(i => 3.4 * (source.Uniform(i) - 0.5))], dims);
    }
}
