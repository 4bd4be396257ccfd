namespace Vae.Torch.Tests;

public class TableStudiesTests
{
    // x from N(0, 1): the decoder ignores z, so that the model's rows are N(0, 1) or have another deviation.
    private static VaeModel Normal(double deviation)
    {
        var model = new VaeModel(new(Shape.Vector(1), 1, new([], Heads.Dense), new([], Heads.Dense),
            Posteriors.DiagonalNormal, Priors.StandardNormal, Likelihoods.OfColumns([Columns.Continuous()]), Conditions.None), 1);
        using var noGrad = TorchSharp.torch.no_grad();
        using var scope = TorchSharp.torch.NewDisposeScope();
        foreach (var name in new[] { "encoder.0.weight", "encoder.0.bias", "decoder.0.weight", "decoder.0.bias" })
            model.Weights[name].zero_();
        model.Weights["decoder.0.bias"].narrow(0, 1, 1).fill_(Scalars.Get(Math.Log(deviation)));
        return model;
    }

    private static Dataset Table(int count, ulong seed)
    {
        var schema = new TableSchema([new("x", new ColumnKind.Continuous(ColumnTransforms.None))]);
        var random = KeyedRandom.FromSeed(seed);
        double[] normal = [.. Enumerable.Range(0, count).Select(i => Normals.Quantile(random.Uniform(i) * 0.999 + 5e-4))];
        return Dataset.FromRows(Array.ConvertAll(normal, value => (float)value).AsSpan(), 1).WithSchema(schema, []);
    }

    [Fact]
    public void AModelThatIsRightPassesItsCheckAndAnotherDoesNot()
    {
        using VaeModel right = Normal(1), wrong = Normal(2);
        Assert.InRange(Assert.Single(TableStudies.Check(right, Table(300, 1))).PValue, 0.02, 1);
        var missed = Assert.Single(TableStudies.Check(wrong, Table(300, 1)));
        Assert.Equal(0.01, missed.PValue, 1e-9);
        Assert.True(missed.Distance > missed.Usual);
    }

    [Fact]
    public void AReportIsAFunctionOfTheSeed()
    {
        using var model = Normal(1);
        var data = new DataSplit(Table(100, 1), Table(20, 2), Table(30, 3));
        var report = TableStudies.Report(model, data, seed: 4);
        Assert.Equal((100, 50, 200), (report.Training, report.HeldOut, report.Synthetic));
        Assert.InRange(report.Columns[0].Distance, 0, 0.25);
        Assert.Equal(12, report.Anomalies.Count);
        Assert.All(report.Anomalies, row => Assert.True(row.Score <= report.Anomalies[0].Score));
        Assert.Equal(report.Columns, TableStudies.Report(model, data, seed: 4).Columns);
        Assert.Throws<VaeException>(() => TableStudies.Report(model, data with { Train = Dataset.FromRows(new float[,] { { 1 } }) }));
    }
}
