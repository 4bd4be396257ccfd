using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch.Tests;

public class ModelRowsTests
{
    private static readonly VaeSpec Table = Zoo.Mlp(Shape.Vector(4), 2, 8).With(likelihood: Likelihoods.OfColumns(
        [Columns.Continuous(1, 2), Columns.Binary, Columns.Categorical(3), Columns.Count]));

    private static readonly VaeSpec Masked = Zoo.Mlp(Shape.Vector(8), 2, 8).With(
        likelihood: Likelihoods.Masked(Likelihoods.Normal(Scales.Learned)));

    [Fact]
    public void RowsGiveWhatTensorsGive()
    {
        // More than one batch of 500.
        var (rows, model) = (Rows(700), new VaeModel(Table, 1));
        using (model)
        using (NewDisposeScope())
        {
            var x = tensor(Flat(rows)).reshape(700, 4);
            Close(Flat(model.Codes(rows)), model.Encode(x).narrow(1, 0, 2));
            Close(Flat(model.ReconstructRows(rows)), model.Reconstruct(x));
        }
    }

    [Fact]
    public void SharesSumToTheScore()
    {
        using var model = new VaeModel(Table, 1);
        var rows = Rows(700);
        var scores = model.Score(rows, new(Draws: 3, ImportanceSamples: 20));
        for (var i = 0; i < 700; i++)
            Assert.Equal(scores.NegElbo[i], scores.Kl[i] + Enumerable.Range(0, 4).Sum(j => scores.Shares[i, j]), 1e-9);
        // Burda et al. 2016: more samples tighten the bound.
        Assert.True(scores.NegLogLikelihood.Average() < scores.NegElbo.Average());
        Assert.Equal(scores.NegElbo, model.Score(rows, new(Draws: 3, ImportanceSamples: 20)).NegElbo);
    }

    [Fact]
    public void AMissingValueHasNoShareAndIsImputed()
    {
        using var model = new VaeModel(Masked, 1);
        var rows = Rows(600);
        rows[3, 1] = rows[550, 0] = float.NaN;
        var scores = model.Score(rows);
        Assert.Equal(0, scores.Shares[3, 1]);
        Assert.NotEqual(0, scores.Shares[3, 0]);
        var filled = model.Impute(rows, samples: 20);
        for (var i = 0; i < 600; i++)
            for (var j = 0; j < 4; j++)
                Assert.True(float.IsNaN(rows[i, j]) ? float.IsFinite(filled[i, j]) : filled[i, j] == rows[i, j]);
    }

    [Fact]
    public void ARowIsImputedAlikeWhetherItsNeighboursHaveHolesOrNot()
    {
        using var model = new VaeModel(Masked, 1);
        var (few, many) = (Rows(600), Rows(600));
        for (var i = 0; i < 600; i++)
            many[i, 1] = float.NaN;
        few[3, 1] = few[4, 1] = few[550, 1] = float.NaN;
        var (some, all) = (model.Impute(few, samples: 100), model.Impute(many, samples: 100));
        Assert.All(new[] { 3, 4, 550 }, row => Assert.Equal(all[row, 1], some[row, 1], 1e-5));
        Assert.Equal(Flat(Rows(600)), Flat(model.Impute(Rows(600), samples: 100)));
    }

    [Fact]
    public void DrawsAreOfTheKindOfTheirColumn()
    {
        using var model = new VaeModel(Table, 1);
        var drawn = model.DrawRows(600, seed: 5);
        for (var i = 0; i < 600; i++)
        {
            Assert.True(float.IsFinite(drawn[i, 0]) && drawn[i, 1] is 0 or 1 && drawn[i, 2] is 0 or 1 or 2);
            Assert.True(drawn[i, 3] >= 0 && drawn[i, 3] == MathF.Truncate(drawn[i, 3]));
        }
        Assert.Equal(Flat(drawn), Flat(model.DrawRows(600, seed: 5)));
        Assert.NotEqual(Flat(drawn), Flat(model.DrawRows(600, seed: 6)));
    }

    [Fact]
    public void WhatDoesNotFitGetsOneSentence()
    {
        using var model = new VaeModel(Table, 1);
        Expect("rows: must have the 4 values of the model's input, got 3", () => model.Codes(new float[2, 3]));
        Expect("rows[1, 2]: must be finite (or NaN for a missing value, with a masked likelihood), got NaN",
            () => model.Codes(new[,] { { 0f, 0, 0, 0 }, { 0, 0, float.NaN, 0 } }));
        Expect("model.likelihood: must be masked to impute missing values, got 4 columns", () => model.Impute(Rows(2)));
        using var conditional = new VaeModel(Table.With(condition: Conditions.Label(3)), 1);
        Assert.StartsWith("model.condition: must be none", Assert.Throws<VaeException>(() => conditional.Codes(Rows(2))).Message);
    }

    [Fact]
    public void TrainingInMemoryLeavesNoFolderAndGivesAModel()
    {
        var rows = Rows(200);
        var before = Directory.GetDirectories(Path.GetTempPath(), "vae-*").Length;
        var experiment = TrainRecipes.Default(Table, "rows", epochs: 2);
        using var trained = Trainer.Train(experiment, Dataset.FromRows(rows));
        Assert.Equal(Outcome.Completed, trained.Result.Outcome);
        Assert.Equal(("", "all 2 epochs trained"), (trained.Result.Run, trained.Result.Note));
        using var once = Trainer.Train(TrainRecipes.Default(Table, "rows", epochs: 1), Dataset.FromRows(rows));
        Assert.Equal("1 epoch trained", once.Result.Note);
        Assert.Equal(200, trained.Model.Codes(rows).GetLength(0));
        Assert.InRange(Directory.GetDirectories(Path.GetTempPath(), "vae-*").Length, 0, before);
    }

    private static float[,] Rows(int count)
    {
        var (rows, random) = (new float[count, 4], KeyedRandom.FromSeed(3));
        for (var i = 0; i < count; i++)
            (rows[i, 0], rows[i, 1], rows[i, 2], rows[i, 3]) = (
                (float)random.Bell(4 * i), random.Below(2, 4 * i + 1), random.Below(3, 4 * i + 2), random.Below(9, 4 * i + 3));
        return rows;
    }

    private static float[] Flat(float[,] rows) => [.. rows.Cast<float>()];

    private static void Close(float[] expected, Tensor actual) => Assert.Equal(
        expected, actual.contiguous().data<float>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-4);

    private static void Expect(string message, Action action) => Assert.Equal(message, Assert.Throws<VaeException>(action).Message);
}
