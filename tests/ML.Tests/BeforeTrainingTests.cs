using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Vae.Torch.Tests;

/// <summary>What a pipeline cannot give is refused before training, and what it takes is read as the library reads it.</summary>
public sealed class BeforeTrainingTests
{
    private readonly MLContext context = new(seed: 1);

    [Theory]
    [InlineData(" auk", "1.5", "rows.Name: must have texts without spaces around them, in a pipeline of ML.NET, got ' auk'")]
    [InlineData("auk", "1,234", "rows.Size: must have numbers without commas, in a pipeline of ML.NET, got '1,234'")]
    [InlineData("auk", "1.5 ", "rows.Size: must have texts without spaces around them")]
    public void TextsThatAPipelineReadsOtherwiseAreRefused(string name, string size, string message) => Damage.Refused(
        () => context.Vae(new(Epochs: 1)).Fit(context.Data.LoadFromEnumerable(Named(name, size))), message);

    [Fact]
    public void ANumberThatIsAClassIsWrittenInOneWay()
    {
        var schema = new TableSchema([new("Name", new ColumnKind.Binary("1", "2"))]);
        void Read(params string[] names) => TextForms.Require(
            schema, [new("Name", "Name", TextDataViewType.Instance)], new([new("Name", names)]));
        Read("1", "2", "", "NA");
        Damage.Refused(() => Read("1", "1.0"), "rows.Name: must write a number in one way, in a pipeline of ML.NET, got '1.0'");
    }

    [Fact]
    public void DecimalCommasAreRefused()
    {
        var rows = context.Data.LoadFromEnumerable(Named("auk", "1,5"));
        var schema = new TableSchema([new("Size", new ColumnKind.Continuous(ColumnTransforms.None))], DecimalComma: true);
        using var model = TableModel.Of(
            new(Zoo.Mlp(Shape.Vector(1), 2, 8).With(likelihood: Likelihoods.OfTable(schema, isMasked: false))), schema);
        Assert.Equal(60, model.Codes(rows).Rows.Count);
        Damage.Refused(() => model.ToTransformer(context, rows), "rows.Size: must be of numbers, or of texts with decimal points");
    }

    [Fact]
    public void WhatAGraphCannotGiveIsRefusedBeforeTheFirstStep()
    {
        var rows = Bird.View(context);
        void Refused(Func<VaeSpec, VaeSpec> change, string message, bool asValues)
        {
            var seen = new List<TrainEvent>();
            var options = new VaeOptions(asValues ? ["Wings"] : ["Mass", "Eggs"], AsValues: asValues, Experiment: data =>
                TrainRecipes.Default(change(Zoo.Mlp(data.Shape, 2, 8).With(likelihood: Likelihoods.Normal(Scales.Learned))), "birds", 1));
            Damage.Refused(() => new VaeEstimator(context, options, new Seen(seen.Add)).Fit(rows), message);
            Assert.Empty(seen);
        }
        foreach (var asValues in new[] { true, false })
        {
            Refused(spec => spec.With(posterior: Posteriors.Point), "model.posterior: must be a distribution for scores", asValues);
            Refused(spec => spec.With(condition: Conditions.Label(3)), "model.condition: must be none for rows without", asValues);
        }
        Damage.Refused(() => TableModel.Train(rows, new(Epochs: -1)), "options.epochs: must be at least 0");
        Damage.Refused(() => TableModel.Train(rows, new(["Wings"], AsValues: true)), "options.asValues: must be false");
        var choices = VaeException.Unwrap(SpecText.Columns("Wings=positive"));
        Damage.Refused(() => context.Vae(new(["Wings"], AsValues: true, Choices: choices)).Fit(rows),
            "options.choices: must be none for values");
    }

    [Fact]
    public void AVectorOfDoublesIsTakenAsValues()
    {
        var rows = context.Data.LoadFromEnumerable(Enumerable.Range(0, 50).Select(i => new Wide { Numbers = [i / 50.0, 1 - i / 50.0] }));
        var transformed = context.Vae(new(["Numbers"], AsValues: true, Epochs: 1)).Fit(rows).Transform(rows);
        Assert.Equal(50, transformed.GetColumn<float>("AnomalyScore").Count(float.IsFinite));
        Assert.DoesNotContain(transformed.Schema, column => column.Name.Contains("(converted)", StringComparison.Ordinal));
    }

    // A schema of days has no time of day; with one that has minutes, a moment is of the minute before it.
    [Theory]
    [InlineData("yyyy-MM-dd", 20)]
    [InlineData("yyyy-MM-dd HH:mm", 0.3)]
    public void AMomentIsTheDateThatItsTextSays(string format, double hours)
    {
        var moments = Enumerable.Range(0, 30).Select(i => new DateTime(1960, 1, 3).AddDays(331 * i).AddHours(i % 2 * hours)).ToArray();
        var rows = new DataFrame(new DateTimeDataFrameColumn("day", moments));
        var schema = new TableSchema([new("day", new ColumnKind.Date(format, 0, 10, [1, 7]))]);
        var spec = Zoo.Mlp(Shape.Vector(schema.Width), 2, 8).With(likelihood: Likelihoods.OfTable(schema, isMasked: false));
        using var model = TableModel.Of(new(spec, 1), schema);
        var codes = model.Codes(rows)["z0"].Cast<float>().ToList();
        var found = model.ToTransformer(context, rows).Transform(rows).GetColumn<float[]>("Codes").Select(code => code[0]).ToList();
        Assert.Equal(codes.Count, found.Count);
        Assert.All(codes.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-4 * (1 + Math.Abs(pair.First))));
    }

    [Fact]
    public void ANumberIsNoWord()
    {
        var schema = new TableSchema([new("Mass", new ColumnKind.Binary("light", "heavy"))]);
        using var model = TableModel.Of(new(Zoo.Mlp(Shape.Vector(1), 2, 8).With(likelihood: Likelihoods.OfTable(schema, false))), schema);
        Damage.Refused(() => model.ToTransformer(context, Bird.View(context)),
            "rows.Mass: must be of texts, as are the classes light, heavy, got Double");
        var letters = new DataFrame(new CharDataFrameColumn("letter", "abcab"), new DoubleDataFrameColumn("size", [1, 2, 3, 4, 5]));
        Assert.Equal(["size"], letters.ToDataset().Schema.Columns.Select(column => column.Name));
    }

    private static List<Row> Named(string name, string size) => [.. Enumerable.Range(0, 60).Select(i => new Row
    {
        Name = i == 7 ? name : i % 3 == 0 ? "gull" : "auk",
        Size = i == 7 ? size : size is "1,5" ? $"{i % 17},{i % 9}" : $"{i * 37 % 500 / 8.0}",
    })];

    private sealed class Seen(Action<TrainEvent> see) : IProgress<TrainEvent>
    {
        public void Report(TrainEvent value) => see(value);
    }

    private sealed class Row
    {
        public string Name { get; init; } = "";

        public string Size { get; init; } = "";
    }

    private sealed class Wide
    {
        [VectorType(2)]
        public double[] Numbers { get; init; } = [];
    }
}
