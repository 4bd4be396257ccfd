using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Vae.Tests;

public class TableRowsTests
{
    [Property(Replay = "71,1", MaxTest = 300, Arbitrary = [typeof(Generators)])]
    public Property ARowThatIsEncodedAndDecodedIsTheSame(TableSchema schema) => Prop.ForAll(Arb.From(Row(schema)), row =>
    {
        var encoded = TableRows.Encode(schema.With(decimalComma: false), row);
        var decoded = encoded.Match(
            values => TableRows.Decode(schema, values.Values.AsSpan()),
            problems => throw new InvalidOperationException($"{problems}"));
        Assert.Equal(row.Zip(schema.Columns).Where(pair => pair.Second.Kind.Width > 0).Select(pair => pair.First), decoded);
    });

    [Property(Replay = "71,3", MaxTest = 300, Arbitrary = [typeof(Generators)])]
    public void AMissingCellIsNotObserved(TableSchema schema)
    {
        var row = TableRows.Encode(schema, ValueList.From(schema.Columns.Select(_ => "NA")))
            .Match(found => found, _ => throw new InvalidOperationException());
        Assert.DoesNotContain(true, row.Observed);
        Assert.All(row.Values, value => Assert.Equal(0, value));
        Assert.Equal(schema.Width, row.Values.Count);
    }

    [Theory]
    [InlineData("1700000001", 1)]
    [InlineData("1700000123", 123)]
    public void SecondsSince1970KeepTheirDigitsAfterRoundingTo32Bits(string text, double offset)
    {
        var seconds = new TableSchema([new("time", new ColumnKind.Continuous(ColumnTransforms.None, 1.7e9, 20, 0))]);
        var value = (float)TableRows.Encode(seconds, [text]).Match(row => row.Values[0], _ => double.NaN);
        Assert.Equal((float)(offset / 20), value);
        Assert.Equal([text], TableRows.Decode(seconds, [value]));
    }

    [Fact]
    public void WhatAColumnCannotHoldIsNamed()
    {
        var schema = new TableSchema([
            new("age", new ColumnKind.Continuous(ColumnTransforms.None)), new("job", new ColumnKind.Categorical(["clerk", "nurse"])),
            new("visits", new ColumnKind.Count()), new("born", new ColumnKind.Date("yyyy-MM-dd", 0, 1, []))]);
        Assert.Equal(
            ["age: must be a number, got 'old'", "job: must be one of clerk, nurse, got 'pilot'",
            "visits: must be a whole number of at least 0, got '-1'",
             "born: must be a date yyyy-MM-dd, got '1/2/1970'"],
            TableRows.Encode(schema, ["old", "pilot", "-1", "1/2/1970"])
                .Match(_ => [], problems => problems.Select(problem => $"{problem}")));
    }

    [Theory]
    [InlineData("pilot", 2, "other")]
    [InlineData("nurse", 1, "nurse")]
    public void AClassOfOtherTextsTakesThem(string text, double place, string again)
    {
        var schema = new TableSchema([new("job", new ColumnKind.Categorical(["clerk", "nurse"], "other"))]);
        Assert.Equal([place], TableRows.Encode(schema, [text]).Match(row => row.Values, _ => []));
        Assert.Equal([again], TableRows.Decode(schema, [place]));
    }

    [Theory]
    [InlineData(2.4, "2")]
    [InlineData(-0.3, "0")]
    public void ACountIsWhole(double value, string text) =>
        Assert.Equal([text], TableRows.Decode(new([new("visits", new ColumnKind.Count())]), [value]));

    [Fact]
    public void AZeroHasNoSize()
    {
        var schema = new TableSchema([new("rain", new ColumnKind.ZeroInflated(0, 1, 1))]);
        Assert.Equal([true, false], TableRows.Encode(schema, ["0.0"]).Match(row => row.Observed, _ => []));
        Assert.Equal([true, true], TableRows.Encode(schema, ["2.5"]).Match(row => row.Observed, _ => []));
        Assert.Equal([false, false], TableRows.Encode(schema, [""]).Match(row => row.Observed, _ => []));
        Assert.Equal(["0.0"], TableRows.Decode(schema, [0, 3]));
    }

    [Fact]
    public void ADateFollowsItsSeasonAndWeekday()
    {
        var kind = new ColumnKind.Date("yyyy-MM-dd", 15_000, 500, [365.2425, 7]);
        var exact = TableRows.Encode(new([new("day", kind)]), ["2012-07-04"]).Match(row => row.Values, _ => []);
        // Days that are off by a month, with phases that are not.
        double[] blurred = [exact[0] + 30.0 / 500, .. exact.Skip(1)];
        Assert.Equal(["2012-07-04"], TableRows.Decode(new([new("day", kind)]), blurred));
    }

    [Theory]
    [InlineData("year", 700, "1972-01-01")]
    [InlineData("year", 1000, "1973-01-01")]
    [InlineData("month", 17, "1970-02-01")]
    [InlineData("month", 14, "1970-01-01")]
    [InlineData("", 14, "1970-01-15")]
    public void ADateIsTheNearestFirstDay(string step, double days, string text) => Assert.Equal(
        [text], TableRows.Decode(new([new("day", new ColumnKind.Date("yyyy-MM-dd", 0, 1, [], step))]), [days]));

    // A row of texts as the columns would write them.
    private static Gen<ValueList<string>> Row(TableSchema schema) =>
        Gen.CollectToSequence(schema.Columns.Select(column => Cell(column.Kind))).Select(cells => ValueList.From(cells));

    private static Gen<string> Cell(ColumnKind kind) => kind.Match(
        binary: binary => Gen.Elements(binary.Zero, binary.One),
        categorical: categorical => Gen.Elements(categorical.Categories.ToArray()),
        continuous: continuous => Gen.Choose(1, 1_000_000).Select(i => Canonical(i / 1000.0, continuous.Digits)),
        count: _ => Gen.Choose(0, 100_000).Select(i => i.ToString(CultureInfo.InvariantCulture)),
        date: date => Gen.Choose(0, 20_000).Select(i => DateTime.UnixEpoch.AddDays(i).ToString(date.Format, CultureInfo.InvariantCulture)),
        label: label => Gen.Elements(label.Classes.ToArray()),
        ordinal: ordinal => Gen.Elements(ordinal.Levels.ToArray()),
        positive: positive => Gen.Choose(1000, 1_000_000).Select(i => Canonical(i / 1000.0, positive.Digits)),
        setAside: _ => Gen.Elements("anything", ""),
        zeroInflated: some => Gen.Frequency(
            (1, Gen.Constant(Canonical(0, Math.Max(some.Digits, 0)))),
            (2, Gen.Choose(1000, 1_000_000).Select(i => Canonical(i / 1000.0, some.Digits)))));

    private static string Canonical(double value, int digits) => NumberTexts.Write(value, digits);
}
