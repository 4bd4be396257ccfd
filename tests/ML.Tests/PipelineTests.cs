using Microsoft.ML;
using Microsoft.ML.Data;

namespace Vae.Torch.Tests;

/// <summary>What a pipeline of ML.NET adds to rows is what the model itself says of them.</summary>
public sealed class PipelineTests(PipelineTests.Trained trained) : IClassFixture<PipelineTests.Trained>
{
    private const double Tolerance = 1e-5;

    /// <summary>One model of the birds, for all tests.</summary>
    public sealed class Trained : IDisposable
    {
        public MLContext Context { get; } = new(seed: 1);

        public IDataView Rows { get; }

        public TableModel Model { get; }

        public ITransformer Transformer { get; }

        public Trained()
        {
            Rows = Bird.View(Context);
            Model = TableModel.Train(Rows, new(Epochs: 3));
            Transformer = Model.ToTransformer(Context, Rows);
        }

        public void Dispose() => Model.Dispose();
    }

    [Fact]
    public void TheTableHasTheKindsThatAFileWouldHave()
    {
        var kinds = trained.Model.Schema.Columns.ToDictionary(column => column.Name, column => column.Kind);
        Assert.IsType<ColumnKind.Categorical>(kinds["Species"]);
        Assert.Equal(new ColumnKind.Binary("female", "male"), kinds["Sex"]);
        Assert.Equal(new ColumnKind.Binary("false", "true"), kinds["Ringed"]);
        Assert.IsType<ColumnKind.Date>(kinds["Seen"]);
        Assert.IsType<ColumnKind.SetAside>(kinds["Name"]);
        Assert.IsType<ColumnKind.Continuous>(kinds["Wings.1"]);
        Assert.IsType<ColumnKind.Continuous>(kinds["Bill"]);
        Assert.True(trained.Model.IsMasked);
    }

    [Fact]
    public void CodesAndScoresAreTheModels() => Agrees(trained.Transformer.Transform(trained.Rows));

    [Fact]
    public void ASavedPipelineGivesTheSameInAnotherContext()
    {
        using var folder = new TempFolder();
        trained.Context.Model.Save(trained.Transformer, trained.Rows.Schema, folder["birds.zip"]);
        var other = new MLContext();
        var loaded = other.Model.Load(folder["birds.zip"], out var schema);
        Assert.Equal(trained.Rows.Schema.Select(column => column.Name), schema.Select(column => column.Name));
        Agrees(loaded.Transform(Bird.View(other)));
    }

    [Fact]
    public void AddedColumnsAreTheOnlyNewOnes()
    {
        var schema = trained.Transformer.GetOutputSchema(trained.Rows.Schema);
        Assert.Equal(["AnomalyScore", "Codes", "Reconstruction"],
            schema.Where(column => !column.IsHidden).Select(column => column.Name)
                .Except(trained.Rows.Schema.Select(column => column.Name)).Order());
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, trained.Model.Model.Spec.Latent), schema["Codes"].Type);
        Assert.Equal(NumberDataViewType.Single, schema["AnomalyScore"].Type);
    }

    [Fact]
    public void ReconstructionsAreInTheUnitsOfTheTable()
    {
        var expected = trained.Model.Reconstruct(trained.Rows);
        var found = trained.Transformer.Transform(trained.Rows).GetColumn<float[]>("Reconstruction").ToList();
        foreach (var (name, place) in trained.Model.Schema.Modelled.Select((column, place) => (column.Name, place)))
            for (var row = 0; row < found.Count; row++)
                Near(Number(expected[name][row], trained.Model.Schema.Modelled[place].Kind), found[row][place], name,
                    Rounding(trained.Model.Schema.Modelled[place].Kind));
    }

    // Texts have the decimals of their column, and whole days.
    private static double Rounding(ColumnKind kind) => kind switch
    {
        ColumnKind.Continuous { Digits: >= 0 } of => 0.5 * Math.Pow(10, -of.Digits),
        ColumnKind.Date => 0.5,
        _ => 0,
    };

    [Fact]
    public void AnUnknownCategoryHasNoScore()
    {
        var rows = trained.Context.Data.LoadFromEnumerable(
            [new Bird { Species = "swan", Bill = 30, Mass = 700, Eggs = 2, Wings = [20, 40] }]);
        Assert.All(trained.Transformer.Transform(rows).GetColumn<float>("AnomalyScore"), score => Assert.True(float.IsNaN(score)));
        Damage.Refused(() => trained.Model.Codes(rows), "must be one of auk, gull, tern, got 'swan' in column Species");
    }

    [Fact]
    public void OtherNamesLeaveAScoreOfTheRowsAlone()
    {
        var rows = trained.Context.Transforms.CopyColumns("Score", "Bill").Fit(trained.Rows).Transform(trained.Rows);
        var transformed = trained.Model.ToTransformer(
            trained.Context, rows, new(Codes: "", Score: "Odd", Reconstruction: "")).Transform(rows);
        Assert.Equal(rows.GetColumn<float>("Bill"), transformed.GetColumn<float>("Score"));
        Assert.Equal(trained.Transformer.Transform(trained.Rows).GetColumn<float>("AnomalyScore"), transformed.GetColumn<float>("Odd"));
        Assert.Null(transformed.Schema.GetColumnOrNull("Codes"));
        var usual = trained.Model.ToTransformer(trained.Context, trained.Rows, new(Score: "Score")).Transform(trained.Rows);
        Assert.Equal(transformed.GetColumn<float>("Odd"), usual.GetColumn<float>("Score"));
        Damage.Refused(() => trained.Model.ToTransformer(trained.Context, rows, new(Score: "Score")),
            "must name added columns that the data view does not have, got Score");
    }

    private void Agrees(IDataView transformed)
    {
        var data = trained.Rows.ToDataset(trained.Model.Schema, isMasked: true);
        var rows = Numbers(data);
        var codes = trained.Model.Model.Codes(rows);
        var scores = trained.Model.Model.Score(rows, new(SharedNoise: true)).NegElbo;
        var (foundCodes, found) = (transformed.GetColumn<float[]>("Codes").ToList(), transformed.GetColumn<float>("AnomalyScore").ToList());
        Assert.Equal(rows.GetLength(0), found.Count);
        for (var i = 0; i < found.Count; i++)
        {
            Near(scores[i], found[i], $"score of row {i}");
            for (var j = 0; j < foundCodes[i].Length; j++)
                Near(codes[i, j], foundCodes[i][j], $"code {j} of row {i}");
        }
    }

    // A mask follows the values, 0 where one is missing.
    private static float[,] Numbers(Dataset data)
    {
        var width = data.ItemSize / 2;
        var (rows, row) = (new float[data.Count, width], new float[data.ItemSize]);
        for (var i = 0; i < data.Count; i++)
        {
            data.Pixels.CopyTo((long)i * row.Length, row);
            for (var j = 0; j < width; j++)
                rows[i, j] = row[width + j] > 0 ? row[j] : float.NaN;
        }
        return rows;
    }

    private static double Number(object? cell, ColumnKind kind) => cell switch
    {
        bool yes => yes ? 1 : 0,
        string text => kind switch
        {
            ColumnKind.Binary of => text == of.One ? 1 : 0,
            ColumnKind.Categorical of => of.Categories.ToList().IndexOf(text),
            _ => throw new InvalidOperationException(text),
        },
        DateTime moment => (moment - DateTime.UnixEpoch).TotalDays,
        double number => number,
        _ => throw new InvalidOperationException($"{cell}"),
    };

    private static void Near(double expected, double found, string what, double rounding = 0) => Assert.True(
        Math.Abs(expected - found) <= rounding + Tolerance * (1 + Math.Abs(expected)), $"{what}: {expected} and {found}");
}
