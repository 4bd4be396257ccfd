using System.Globalization;
using FsCheck.Xunit;

namespace Vae.Tests;

public class TableSchemasTests
{
    [Theory]
    [InlineData("1.5,2.5,3.25,-4", "continuous")]
    [InlineData("0,1,0,1", "binary")]
    [InlineData("True,False,True,True", "binary")]
    [InlineData("0,1,2,5,3,0,1,2,1,0,4,2", "count")]
    [InlineData("3,4,5,3,4,5,3,4,5,3,4,5,3,4,5", "ordinal")]
    [InlineData("Small,Large,Medium,Small", "ordinal")]
    [InlineData("cat,dog,cat,bird", "categorical")]
    [InlineData("2012-01-01,2012-01-05,2013-02-01", "date")]
    [InlineData("31.12.2012,01.02.2013,15.06.2013", "date")]
    [InlineData("7,7,7", "set aside")]
    [InlineData("NA,,null", "set aside")]
    [InlineData("a,b,c,d,e,f,g,h,i,j,k,l", "set aside")]
    [InlineData("1,2,3,4,5,6,7,8,9,10,11,12", "set aside")]
    [InlineData("1.5,NA,2.5,#N/A,None,n/a,-,?,inf,3.5", "continuous")]
    public void TheTextsTellTheKind(string cells, string kind)
    {
        var column = Infer(["x", "y"], [cells.Split(','), Enumerable.Repeat("0.5", cells.Split(',').Length - 1).Append("0.75")]);
        Assert.Equal(kind, column.Columns[0].Kind);
    }

    [Property(Replay = "73,1", MaxTest = 50)]
    public void TheOrderOfRowsDoesNotMatter(ulong seed)
    {
        var rows = Rows(200, seed);
        var order = KeyedRandom.FromSeed(seed);
        var shuffled = rows.Select((row, i) => (row, Key: order.Below(1 << 30, i)))
            .OrderBy(pair => pair.Key).Select(pair => pair.row).ToList();
        Assert.Equal(OfRows(rows), OfRows(shuffled));
    }

    [Fact]
    public void MissingCellsAreCounted()
    {
        var found = Infer(["x"], [["1.5", "NA", "2.5", "", "3"]]);
        Assert.True(found.HasMissing);
        Assert.Equal(2, found.Columns[0].Missing);
        Assert.False(Infer(["x"], [["1.5", "2.5", "3"]]).HasMissing);
    }

    [Fact]
    public void NoneIsAWordAmongWordsAndMissingAmongNumbers()
    {
        Assert.Equal(
            new ColumnKind.Categorical(["Minor", "None", "Severe!"]),
            Infer(["x"], [["None", "Minor", "Severe!", "None"]]).Schema.Columns[0].Kind);
        Assert.Equal(1, Infer(["x"], [["None", "1.5", "2.5", "7"]]).Columns[0].Missing);
    }

    [Fact]
    public void ManyCategoriesAreBounded()
    {
        var cells = Enumerable.Range(0, 2000).Select(i => $"c{(int)Math.Sqrt(i)}").ToArray();
        var kind = Assert.IsType<ColumnKind.Categorical>(Infer(["x"], [cells]).Schema.Columns[0].Kind);
        Assert.Equal((31, "other"), (kind.Classes, kind.Other));
    }

    [Fact]
    public void LongTailsAreSeenByTheirLogarithm()
    {
        var money = Enumerable.Range(0, 200).Select(i => Math.Exp(i / 20.0).ToString("0.00", CultureInfo.InvariantCulture)).ToArray();
        Assert.IsType<ColumnKind.Positive>(Infer(["x"], [money]).Schema.Columns[0].Kind);
        var rain = money.Select((text, i) => i % 2 == 0 ? "0" : text).ToArray();
        Assert.IsType<ColumnKind.ZeroInflated>(Infer(["x"], [rain]).Schema.Columns[0].Kind);
        var seldom = money.Select((text, i) => i == 0 ? "0" : text).ToArray();
        Assert.IsType<ColumnTransform.Log>(Assert.IsType<ColumnKind.Continuous>(Infer(["x"], [seldom]).Schema.Columns[0].Kind).Transform);
    }

    [Fact]
    public void AChoiceReplacesWhatIsInferred()
    {
        string[][] cells = [["1", "2", "3", "1"], ["S", "M", "L", "S"]];
        var found = VaeInfer(
            ["grade", "size"], cells, [ColumnChoice.Named("grade", "categorical"), new("size", "ordinal", ["S", "M", "L"])]);
        Assert.Equal(
            [new ColumnKind.Categorical(["1", "2", "3"]), new ColumnKind.Ordinal(["S", "M", "L"])],
            found.Match(table => table.Schema.Columns.Select(column => column.Kind), _ => []));
    }

    [Theory]
    [InlineData("siz", "ordinal", "columns: must name columns of the table, which are grade, size, got siz")]
    [InlineData("size", "continuous", "columns: size=continuous: must have numbers, got 'L'")]
    [InlineData("size", "binary", "columns: size=binary: must have two different values, got 3")]
    [InlineData("size", "colour", "columns: size=colour: must be one of continuous, log,")]
    [InlineData("grade", "date", "columns: grade=date: must have dates of one form")]
    public void AChoiceThatDoesNotFitIsRefused(string name, string kind, string sentence)
    {
        var problems = VaeInfer(["grade", "size"], [["1", "2", "3", "1"], ["S", "M", "L", "S"]], [ColumnChoice.Named(name, kind)])
            .Match(_ => [], found => found);
        Assert.StartsWith(sentence, $"{Assert.Single(problems)}");
    }

    [Fact]
    public void TheLikelihoodFitsTheSchema()
    {
        var schema = OfRows(Rows(200, 1)).Schema;
        var likelihood = Likelihoods.OfTable(schema, isMasked: true);
        Assert.Equal([], likelihood.Formulas().Problems(Shape.Vector(2 * schema.Width), "model.likelihood"));
        Assert.IsType<Likelihood.Masked>(likelihood);
        Assert.IsType<Likelihood.Columns>(Likelihoods.OfTable(schema, isMasked: false));
    }

    private static List<string[]> Rows(int count, ulong seed)
    {
        var random = KeyedRandom.FromSeed(seed);
        return [.. Enumerable.Range(0, count).Select(i => new[]
        {
            (random.Below(1000, 4 * i) / 7.0).ToString("0.###", CultureInfo.InvariantCulture), $"w{random.Below(5, 4 * i + 1)}",
            DateTime.UnixEpoch.AddDays(random.Below(3000, 4 * i + 2)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            random.Below(4, 4 * i + 3) == 0 ? "" : (1.7e9 + i).ToString(CultureInfo.InvariantCulture),
        })];
    }

    private static TableInference OfRows(List<string[]> rows) =>
        Infer(["a", "b", "c", "d"], [.. Enumerable.Range(0, 4).Select(i => rows.Select(row => row[i]))]);

    private static TableInference Infer(ValueList<string> names, IReadOnlyList<IEnumerable<string>> columns) =>
        VaeInfer(names, columns, []).Match(found => found, problems => throw new InvalidOperationException($"{problems}"));

    private static Validated<TableInference> VaeInfer(
        ValueList<string> names, IReadOnlyList<IEnumerable<string>> columns, ValueList<ColumnChoice> choices) =>
        TableSchemas.Infer(names, columns, choices);
}
