using System.Xml.Linq;

namespace Vae.Tests;

public class TablePicturesTests
{
    private static readonly TableReport Report = TableReports.Compare(
        new(Rows(200, 1), Rows(60, 2), Rows(200, 3)), "the prior", KeyedRandom.FromSeed(1)) with
    {
        Anomalies = [new(3, 12.5, ["1", "", "b", "2020-01-01"], [new("x", 9.5), new("the code", 3)])],
    };

    [Fact]
    public void EveryComparisonIsDrawn()
    {
        Assert.Equal(1800, TablePictures.Marginals(Report).Width);
        Assert.Equal(1800, TablePictures.Associations(Report).Width);
        Assert.True(TablePictures.Closest(Report.Closest!).Height > 100);
        var plane = PrincipalComponents.Project(NdArray.FromValues([.. Enumerable.Range(0, 60).Select(i => (double)(i * i % 17))], 30, 2));
        Assert.Equal(1800, ColumnScatters.Draw(plane, CellColumns.Take(Rows(30, 1), [.. Enumerable.Range(0, 30)])).Width);
    }

    [Fact]
    public void ATableOfOneColumnAndOfManyIsDrawn()
    {
        ValueList<CellColumn> one = [new("a very long name of a column that does not fit into its place", [], [1, 1, 1, 1])],
            many = ValueList.From(Enumerable.Range(0, 60).Select(i => new CellColumn(
                $"c{i}", ValueList.From(Enumerable.Range(0, 40).Select(label => $"class {label}")), [1, 2, double.NaN, 3])));
        foreach (var table in new[] { one, many })
        {
            var report = TableReports.Compare(new(table, ValueList.From(table.Select(column => column.Take([]))), table), "", default);
            Assert.Equal((null, null), (report.TwoSample, report.Closest));
            Assert.True(TablePictures.Marginals(report).Height > 0 && TablePictures.Associations(report).Height > 0);
        }
    }

    [Fact]
    public void SharesOfBarsSumToOneAndEdgesAscend() => Assert.All(Report.Columns, column =>
    {
        Assert.Equal(1, column.Real.Sum(), 1e-9);
        Assert.Equal(1, column.Synthetic.Sum(), 1e-9);
        Assert.Equal(column.Edges.Order(), column.Edges);
        Assert.Equal(column.Real.Count, column.Classes.Count > 0 ? column.Classes.Count : column.Edges.Count - 1);
    });

    [Fact]
    public void ThePageHasEverySectionAndStaysWellFormed()
    {
        var schema = new TableSchema(ValueList.From(Report.Columns.Select(column => new TableColumn(column.Column, ColumnKinds.Count))));
        var experiment = Runs.Experiment().With(data: new("t.csv", Binarizations.None, RawValues: true, Schema: schema));
        var html = ReportPage.Html(new("t", Runs.Result(), experiment, [])
        {
            Table = Report,
            Codes = new("Codes by column", "", Picture.Greyscale(1, 1, [0])),
        });
        var page = XDocument.Parse(html);
        Assert.Equal(
            ["Distributions", "Dependencies", "Privacy", "Train on synthetic, test on real", "Missing cells", "Least probable test rows",
                "Codes by column"],
            page.Descendants("h3").Select(title => title.Value).SkipWhile(title => title != "Distributions"));
        Assert.DoesNotContain(page.Descendants("td"), cell => cell.Value.Contains("NaN", StringComparison.Ordinal));
    }

    private static ValueList<CellColumn> Rows(int count, ulong seed)
    {
        var random = KeyedRandom.FromSeed(seed);
        double[] x = [.. Enumerable.Range(0, count).Select(i => random.Bell(i))];
        return [
            new("x", [], ValueList.From(x)),
            new("y", [], ValueList.From(x.Select((value, i) => i % 9 == 0 ? double.NaN : 5000 * value * value))),
            new("kind", ["a", "b", "c"], ValueList.From(x.Select(value => value > 1 ? 2.0 : value > 0 ? 1 : 0))),
            new("day", [], ValueList.From(x.Select(value => Math.Round(18_000 + 300 * value))), IsDate: true)];
    }
}
