using Microsoft.ML;
using Microsoft.ML.Data;

namespace Vae.Torch.Tests;

/// <summary>The estimator in pipelines of ML.NET.</summary>
public sealed class EstimatorTests
{
    private static readonly VaeOptions Short = new(Columns: ["Species", "Bill", "Mass", "Eggs", "Wings"], Epochs: 40);

    private readonly MLContext context = new(seed: 1);

    private IDataView Rows => Bird.View(context);

    [Fact]
    public void CodesFeedATrainerOfTheSamePipelineThroughSavingAndLoading()
    {
        var pipeline = context.Vae(Short)
            .AppendCacheCheckpoint(context)
            .Append(context.Transforms.NormalizeMeanVariance("Codes"))
            .Append(context.Clustering.Trainers.KMeans(new Microsoft.ML.Trainers.KMeansTrainer.Options
            {
                FeatureColumnName = "Codes",
                NumberOfClusters = 3,
                NumberOfThreads = 1,
            }));
        var fitted = pipeline.Fit(Rows);
        using var folder = new TempFolder();
        context.Model.Save(fitted, Rows.Schema, folder["birds.zip"]);
        var found = new MLContext().Model.Load(folder["birds.zip"], out _).Transform(Rows).GetColumn<uint>("PredictedLabel").ToList();
        Assert.Equal(fitted.Transform(Rows).GetColumn<uint>("PredictedLabel"), found);
        // Clusters are species: nearly all birds of a cluster are of one.
        var purity = Bird.All.Zip(found).GroupBy(pair => pair.Second)
            .Sum(cluster => cluster.GroupBy(pair => pair.First.Species).Max(species => species.Count()));
        Assert.True(purity >= 0.9 * found.Count, $"{purity} of {found.Count}");
    }

    [Fact]
    public void APipelineIsCrossValidated()
    {
        var pipeline = context.Transforms.Conversion.MapValueToKey("Label", "Species")
            .Append(context.Vae(Short with { Columns = ["Bill", "Mass", "Wings"], Epochs = 10 }))
            .Append(context.MulticlassClassification.Trainers.LbfgsMaximumEntropy(featureColumnName: "Codes"));
        var folds = context.MulticlassClassification.CrossValidate(Rows, pipeline, numberOfFolds: 2);
        Assert.All(folds, fold => Assert.True(fold.Metrics.MicroAccuracy > 0.8, $"{fold.Metrics.MicroAccuracy}"));
    }

    [Fact]
    public void TheSchemaOfAPipelineIsKnownBeforeItIsFitted()
    {
        var pipeline = context.Transforms.CopyColumns("Beak", "Bill").Append(context.Vae(new(Codes: "z", Reconstruction: "")));
        var given = context.Transforms.CopyColumns("Weight", "Mass").GetOutputSchema(new VaeEstimator(context, new(Codes: "a", Score: "b",
            Reconstruction: "c")).GetOutputSchema(Shape(Rows)));
        Assert.Contains(given, column => column is
        { Name: "a", Kind: SchemaShape.Column.VectorKind.Vector } && column.ItemType == NumberDataViewType.Single);
        Assert.Contains(given, column => column is
        { Name: "b", Kind: SchemaShape.Column.VectorKind.Scalar } && column.ItemType == NumberDataViewType.Single);
        Assert.Equal(given.Count - 1, pipeline.GetOutputSchema(Shape(Rows)).Count);
        Assert.Contains(pipeline.GetOutputSchema(Shape(Rows)), column => column.Name == "z");
    }

    [Fact]
    public void WhatDoesNotFitIsRefusedInASentence()
    {
        Damage.Refused(() => context.Vae(new(Columns: ["Beak"])).GetOutputSchema(Shape(Rows)),
            "rows: must have the column Beak, got Species");
        Damage.Refused(() => context.Vae(new(Columns: ["Beak"])).Fit(Rows), "rows: must have the column Beak, got Species");
        Damage.Refused(() => context.Vae(new(Codes: "Bill")).Fit(Rows),
            "options: must name added columns that the data view does not have, got Bill");
        Damage.Refused(() => context.Vae(new(Codes: "", Score: "", Reconstruction: "")).Fit(Rows),
            "options: must name at least one added column");
        Damage.Refused(() => context.Vae(new(Epochs: -1)).Fit(Rows), "options.epochs: must be at least 0, got -1");
        Damage.Refused(() => context.Vae(new(Model: "cnn")).Fit(Rows), "model: must be one of mlp");
        Damage.Refused(() => context.Vae(new(AsValues: true, Columns: ["Bill"])).Fit(Rows),
            "rows.Bill: must be a vector of numbers, got Single");
        Damage.Refused(() => context.Vae().Fit(Bird.Frame()), "rows.Eggs: must have no missing cell, which ML.NET reads as 0");
    }

    [Fact]
    public void ValuesAreTakenAsTheyAre()
    {
        var options = new VaeOptions(["Wings"], AsValues: true, Experiment: data =>
            TrainRecipes.Default(Zoo.Mlp(data.Shape, 2, 8).With(likelihood: Likelihoods.Normal(Scales.Learned)), "wings", epochs: 2));
        var transformed = context.Vae(options).Fit(Rows).Transform(Rows);
        var data = Rows.ToRows("Wings");
        using var trained = Trainer.Train(options.Experiment!(data) is var e ? e.With(data: e.Data.With(rawValues: true)) : e, data);
        var rows = new float[data.Count, 2];
        for (var i = 0; i < data.Count; i++)
            (rows[i, 0], rows[i, 1]) = (Bird.All[i].Wings[0], Bird.All[i].Wings[1]);
        var (codes, means) = (trained.Model.Codes(rows), trained.Model.ReconstructRows(rows));
        var found = transformed.GetColumn<float[]>("Codes").Zip(transformed.GetColumn<float[]>("Reconstruction")).ToList();
        Assert.Equal(data.Count, found.Count);
        foreach (var (i, (code, mean)) in found.Index())
            for (var j = 0; j < 2; j++)
            {
                Assert.Equal(codes[i, j], code[j], 1e-4);
                Assert.Equal(means[i, j], mean[j], 1e-3);
            }
    }

    // Columns of texts with numbers and dates, which ML.NET converts before the graph.
    [Fact]
    public void TextsOfNumbersAndDatesAreConverted()
    {
        var random = new Random(1);
        var notes = Enumerable.Range(0, 150).Select(i => new Note
        {
            Size = i % 9 == 0 ? "NA" : $"{random.Next(1000) / 8.0}",
            Day = i % 11 == 0 ? "" : new DateTime(2020, 2, 3).AddDays(random.Next(600)).ToString("MM/dd/yyyy"),
        }).ToArray();
        var rows = context.Data.LoadFromEnumerable(notes);
        using var model = TableModel.Train(rows, new(Epochs: 1));
        Assert.IsType<ColumnKind.Continuous>(model.Schema.Columns[0].Kind);
        Assert.IsType<ColumnKind.Date>(model.Schema.Columns[1].Kind);
        var transformed = model.ToTransformer(context, rows).Transform(rows);
        var (codes, scores) = (model.Codes(rows), model.Score(rows));
        Assert.Equal(notes.Length, transformed.GetColumn<float>("AnomalyScore").Count());
        foreach (var (i, score) in transformed.GetColumn<float>("AnomalyScore").Index())
            Assert.Equal((double)scores["Score"][i], score, 1e-4 * (1 + Math.Abs(score)));
        foreach (var (i, code) in transformed.GetColumn<float[]>("Codes").Index())
            Assert.Equal((float)codes["z0"][i], code[0], 1e-4);
        Assert.DoesNotContain(transformed.Schema, column => column.Name.Contains("(converted)", StringComparison.Ordinal));
        var odd = context.Data.LoadFromEnumerable([new Note { Size = "big", Day = "03/04/2020" }, new Note { Size = "1.5", Day = "soon" }]);
        Assert.All(model.ToTransformer(context, odd).Transform(odd).GetColumn<float>("AnomalyScore"),
            score => Assert.True(float.IsNaN(score)));
    }

    [Fact]
    public void DatesThatMlNetReadsOtherwiseAreRefused()
    {
        var rows = context.Data.LoadFromEnumerable(Enumerable.Range(0, 60).Select(i => new Note
        {
            Size = $"{i % 7}.5",
            Day = new DateTime(2020, 2, 3).AddDays(11 * i).ToString("dd.MM.yyyy"),
        }));
        Damage.Refused(() => context.Vae(new(Epochs: 1)).Fit(rows),
            "rows.Day: must have dates as yyyy-MM-dd or MM/dd/yyyy, or of type DateTime");
    }

    // ML.NET makes the shape of a schema in the pass of a chain only.
    private SchemaShape Shape(IDataView rows)
    {
        var shape = new SchemaShape([]);
        new EstimatorChain<ITransformer>().Append<ITransformer>(new Spy(found => shape = found)).Fit(rows);
        return shape;
    }

    private sealed class Spy(Action<SchemaShape> see) : IEstimator<ITransformer>
    {
        public ITransformer Fit(IDataView input) => new MLContext().Transforms.CopyColumns("copy", "Bill").Fit(input);

        public SchemaShape GetOutputSchema(SchemaShape inputSchema)
        {
            see(inputSchema);
            return inputSchema;
        }
    }

    private sealed class Note
    {
        public string Size { get; init; } = "";

        public string Day { get; init; } = "";
    }
}
