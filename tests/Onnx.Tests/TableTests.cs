using System.Globalization;
using FsCheck.Fluent;
using Microsoft.ML.OnnxRuntime;

namespace Vae.Torch.Tests;

/// <summary>A scorer takes the cells of a table as they are, and gives the library's scores.</summary>
public sealed class TableTests
{
    private const int Rows = 6, Draws = 2;
    private const double Tolerance = 1e-5;

    private sealed record Cell(string Text, object Given);

    [Fact]
    public void ScoresOfTextsNumbersAndHolesAreTheLibrarys()
    {
        var seed = 0UL;
        foreach (var schema in Samples.Generate(Generators.Schema, 10).Select(schema => schema.With(decimalComma: false)))
        {
            using var model = Model(schema, isMasked: true, ++seed);
            var cells = Enumerable.Range(0, Rows).Select(row => Row(schema, seed, row)).ToList();
            var scores = model.Score(Encoded(schema, cells), new(Draws, ImportanceSamples: 1, Seed: 3, SharedNoise: true));
            using var session = new Sessions(OnnxModels.Scorer(model, schema, Draws, seed: 3));
            Assert.Equal(schema.Modelled.Select(column => column.Name), session.Inputs);
            var found = session.Run([.. Given(schema, cells)]);
            Assert.All(scores.NegElbo.Zip(found["neg_elbo"]), pair =>
                Assert.True(Math.Abs(pair.First - pair.Second) <= Tolerance * (1 + scores.NegElbo.Max(Math.Abs)), $"{schema}: {pair}"));
        }
    }

    [Theory]
    [InlineData("purple", 1.0)]
    [InlineData("red", -1.0)]
    [InlineData("", 1.0)]
    public void WhatTheLibraryRefusesHasNoScore(string colour, double size)
    {
        var schema = new TableSchema([
            new("colour", new ColumnKind.Categorical(["red", "green"])),
            new("size", new ColumnKind.Continuous(ColumnTransforms.Log()))]);
        using var model = Model(schema, isMasked: false, 1);
        using var session = new Sessions(OnnxModels.Scorer(model, schema));
        float Score(string text, double number) =>
            session.Run(Sessions.Column("colour", new[] { text }), Sessions.Column("size", new[] { number }))["neg_elbo"][0];
        Assert.True(float.IsNaN(Score(colour, size)));
        Assert.True(float.IsFinite(Score("red", 0)));
    }

    [Fact]
    public void ACellIsMissingInAnyCasing()
    {
        var schema = new TableSchema([new("colour", new ColumnKind.Categorical(["red", "green"]))]);
        using var model = Model(schema, isMasked: true, 1);
        using var session = new Sessions(OnnxModels.Scorer(model, schema));
        string[] missing = ["", "NULL", "Null", "nULL", "Nan", "nan", "Na", "N/a", "#n/A", "none", "?", "-", "."];
        Assert.All(missing, text => Assert.False(VaeException.Unwrap(TableRows.Encode(schema, [text])).Observed[0]));
        Assert.Single(session.Run(Sessions.Column("colour", missing))["neg_elbo"].Select(score => MathF.Round(score, 4)).Distinct());
    }

    [Fact]
    public void AModelThatGivesNoScoresIsRefused()
    {
        using var conditional = new VaeModel(Zoo.Mlp(Shape.Vector(4), latent: 2, hidden: 4).With(condition: Conditions.Label(3)));
        Damage.Refused(() => OnnxModels.Scorer(conditional), "model.condition: must be none");
        using var point = new VaeModel(Zoo.Mlp(Shape.Vector(4), latent: 2, hidden: 4).With(posterior: Posteriors.Point));
        Damage.Refused(() => OnnxModels.Scorer(point), "model.posterior: must be a distribution for scores");
        using var folder = new TempFolder();
        Assert.Equal(["encoder.onnx", "decoder.onnx"], point.ExportOnnx(folder["web"]).Select(Path.GetFileName));
    }

    private static VaeModel Model(TableSchema schema, bool isMasked, ulong seed) => new(
        Zoo.Mlp(Shape.Vector(schema.Width * (isMasked ? 2 : 1)), latent: 2, hidden: 6)
            .With(likelihood: Likelihoods.OfTable(schema, isMasked)), seed);

    private static ValueList<Cell> Row(TableSchema schema, ulong seed, int row)
    {
        var random = KeyedRandom.FromSeed(seed).Fold(row);
        return ValueList.From(schema.Columns.Select((column, i) => Of(column.Kind, random.Below(5, 3 * i), random.Below(100, 3 * i + 1))));
    }

    // One of five is missing.
    private static Cell Of(ColumnKind kind, int luck, int number)
    {
        Cell One(ValueList<string> texts) => luck == 0 ? new(number % 2 == 0 ? "" : "NA", number % 2 == 0 ? "" : "NA")
            : new(texts[number % texts.Count], texts[number % texts.Count]);
        Cell Number(double value) => luck == 0 ? new("", double.NaN) : new(value.ToString("R", CultureInfo.InvariantCulture), value);
        return kind switch
        {
            ColumnKind.Binary binary => One([binary.Zero, binary.One]),
            ColumnKind.Ordinal ordinal => One(ordinal.Levels),
            ColumnKind.Categorical { Other: "" } categorical => One(categorical.Categories),
            ColumnKind.Categorical categorical => One(categorical.Categories.Append(["never seen"])),
            ColumnKind.Label label => One(label.Classes),
            ColumnKind.Date date => luck == 0 ? new("", double.NaN)
                : new(DateTime.UnixEpoch.AddDays(100 * number).ToString(date.Format, CultureInfo.InvariantCulture), 100.0 * number),
            ColumnKind.Continuous { Transform: ColumnTransform.Log } or ColumnKind.Positive => Number(0.25 + number / 8.0),
            ColumnKind.ZeroInflated => Number(luck == 1 ? 0 : 0.25 + number / 8.0),
            ColumnKind.Count => Number(number),
            _ => Number(number / 8.0 - 5),
        };
    }

    private static float[,] Encoded(TableSchema schema, List<ValueList<Cell>> cells)
    {
        var rows = new float[cells.Count, schema.Width];
        for (var i = 0; i < cells.Count; i++)
        {
            var row = VaeException.Unwrap(TableRows.Encode(schema, ValueList.From(cells[i].Select(cell => cell.Text))));
            for (var j = 0; j < schema.Width; j++)
                rows[i, j] = row.Observed[j] ? (float)row.Values[j] : float.NaN;
        }
        return rows;
    }

    private static IEnumerable<NamedOnnxValue> Given(TableSchema schema, List<ValueList<Cell>> cells) => schema.Columns
        .Select((column, i) => (column, Values: cells.Select(row => row[i].Given).ToArray()))
        .Where(of => of.column.Kind.Width > 0)
        .Select(of => of.Values[0] is string
            ? Sessions.Column(of.column.Name, of.Values.Cast<string>().ToArray())
            : Sessions.Column(of.column.Name, of.Values.Cast<double>().ToArray()));
}
