using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Vae.Torch.Tests;

/// <summary>Data frames and data views in, data frames out.</summary>
public sealed class FrameTests(FrameTests.Trained trained) : IClassFixture<FrameTests.Trained>
{
    /// <summary>One model of a data frame with missing cells, for all tests.</summary>
    public sealed class Trained : IDisposable
    {
        public DataFrame Frame { get; } = Bird.Frame();

        public TableModel Model { get; }

        public Trained() => Model = TableModel.Train(Frame, new(Epochs: 3));

        public void Dispose() => Model.Dispose();
    }

    [Fact]
    public void AFrameHasTheSchemaOfADataViewAndOfAFile()
    {
        var context = new MLContext();
        ValueList<string> names = ["Species", "Sex", "Bill", "Mass", "Eggs", "Ringed", "Seen"];
        var ofFrame = Bird.Frame(hasHoles: false).ToDataset();
        var ofView = Bird.View(context).ToDataset(names);
        using var folder = new TempFolder();
        File.WriteAllText(folder["birds.csv"], string.Join('\n', Bird.All.Select(bird => string.Join(',', bird.Species, bird.Sex,
            float.IsNaN(bird.Bill) ? "" : $"{bird.Bill}", $"{bird.Mass}", $"{bird.Eggs}", bird.Ringed ? "true" : "false",
            bird.Seen == default ? "" : $"{bird.Seen:yyyy-MM-dd}")).Prepend(string.Join(',', names))));
        Assert.Equal(TableFile.Open(folder["birds.csv"]).Infer().Schema, ofFrame.Schema);
        Assert.Equal(ofFrame.Schema, ofView.Schema);
        Assert.Equal(ofFrame.IsMasked, ofView.IsMasked);
        Assert.Equal(Values(ofFrame), Values(ofView));
    }

    [Fact]
    public void RowsComeBackAsTheyWere()
    {
        var cells = trained.Model.Impute(trained.Frame, samples: 5);
        foreach (var column in cells.Columns)
            for (var row = 0; row < trained.Frame.Rows.Count; row++)
            {
                var (given, found) = (trained.Frame[column.Name][row], column[row]);
                Assert.NotNull(found);
                if (given is not null)
                    Assert.Equal(given is int or float ? Convert.ToDouble(given) : given, found is double && given is float
                        ? (double)(float)(double)found : found);
            }
        Assert.Equal(typeof(DateTime), cells["Seen"].DataType);
        Assert.Equal(typeof(bool), cells["Ringed"].DataType);
        Assert.Equal(typeof(string), cells["Sex"].DataType);
    }

    [Fact]
    public void SyntheticRowsAreOfTheTable()
    {
        var drawn = trained.Model.Draw(50, seed: 3);
        Assert.Equal(50, drawn.Rows.Count);
        Assert.Equal(trained.Frame.Columns.Select(column => column.Name), drawn.Columns.Select(column => column.Name));
        Assert.All(drawn["Species"].Cast<string>(), species => Assert.Contains(species, new[] { "auk", "gull", "tern" }));
        Assert.All(drawn["Eggs"].Cast<double>(), eggs => Assert.Equal(Math.Round(eggs), eggs));
        // They go in again, as a data view too.
        Assert.Equal(50, trained.Model.Codes(drawn).Rows.Count);
        Assert.Equal(50, ((IDataView)drawn).ToDataset(trained.Model.Schema, isMasked: true).Count);
        Assert.Equal(drawn["Mass"].Cast<double>(), trained.Model.Draw(50, seed: 3)["Mass"].Cast<double>());
    }

    [Fact]
    public void CodesAndScoresAreTheModels()
    {
        var (codes, scores) = (trained.Model.Codes(trained.Frame), trained.Model.Score(trained.Frame));
        Assert.Equal(trained.Model.Model.Spec.Latent, codes.Columns.Count);
        for (var row = 0; row < scores.Rows.Count; row++)
        {
            var shares = scores.Columns.Where(column => column.Name.StartsWith("share of ", StringComparison.Ordinal)).Sum(column =>
                (double)column[row]);
            Assert.Equal((double)scores["Score"][row], shares, 1e-6 * (1 + Math.Abs(shares)));
        }
        var context = new MLContext();
        var whole = Bird.Frame(hasHoles: false);
        var transformed = trained.Model.ToTransformer(context, whole).Transform(whole);
        var scored = trained.Model.Score(whole)["Score"].Cast<double>();
        var found = transformed.GetColumn<float>("AnomalyScore").ToList();
        Assert.Equal(whole.Rows.Count, found.Count);
        foreach (var (expected, score) in scored.Zip(found))
            Assert.Equal(expected, score, 1e-5 * (1 + Math.Abs(expected)));
    }

    [Fact]
    public void ARunOfACommandScoresFrames()
    {
        using var folder = new TempFolder();
        var data = trained.Frame.ToDataset();
        var experiment = TrainRecipes.Default(Zoo.Mlp(data.Shape, 2, 8).With(
            likelihood: Likelihoods.OfTable(data.Schema, data.IsMasked)), "birds", epochs: 1);
        experiment = experiment.With(data: experiment.Data.With(rawValues: true, masked: true, schema: data.Schema));
        Trainer.Train(experiment, new DataSplit(data, data.Take([]), data.Take([0, 1])), new RunOptions(folder["run"]));
        using var model = TableModel.Open(folder["run"]);
        Assert.Equal(trained.Frame.Rows.Count, model.Score(trained.Frame).Rows.Count);
    }

    [Fact]
    public void WhatDoesNotFitIsRefusedInASentence()
    {
        var less = trained.Frame.Clone();
        less.Columns.Remove("Mass");
        Damage.Refused(() => trained.Model.Codes(less), "rows: must have the column Mass, got Species, Sex");
        var other = trained.Frame.Clone();
        other["Species"][2] = "swan";
        Damage.Refused(() => trained.Model.Score(other), "must be one of auk, gull, tern, got 'swan' in column Species");
        Damage.Refused(() => new DataFrame().ToDataset(), "rows: must have at least one row and one column of numbers");
        Damage.Refused(() => trained.Frame.ToDataset(["Beak"]), "rows: must have the column Beak, got Species");
        Damage.Refused(() => trained.Model.Draw(0, 1), "count: must be at least 1, got 0");
        Damage.Refused(() => Frames.OfRows(trained.Model.Schema, new float[1, 1]), "values: must have");
    }

    private static float[] Values(Dataset data)
    {
        var values = new float[data.Pixels.Length];
        data.Pixels.CopyTo(0, values);
        return values;
    }
}
