using System.Globalization;

namespace Vae.Tests;

/// <summary>Inference that keeps a sample of a column's texts agrees with inference that keeps all.</summary>
public class SampledTalliesTests
{
    private const int Rows = 20_000, Kept = 512;

    private static readonly string[] Numbers = Texts(i => KeyedRandom.FromSeed(1).Bell(i) * 3 + 1000, (i, x) => i % 50 == 0 ? "NA" : x),
        Costs = Texts(i => Math.Exp(KeyedRandom.FromSeed(2).Bell(i) * 2), (i, x) => i % 3 == 0 ? "0" : x),
        Sizes = Texts(i => Math.Exp(KeyedRandom.FromSeed(3).Bell(i) * 2), (_, x) => x),
        Words = [.. Enumerable.Range(0, Rows).Select(i => "abc"[i % 3].ToString())],
        Names = [.. Enumerable.Range(0, Rows).Select(i => $"name {i / 3}")];

    private static string[] Texts(Func<int, double> number, Func<int, string, string> text) =>
        [.. Enumerable.Range(0, Rows).Select(i => text(i, number(i).ToString("R", CultureInfo.InvariantCulture)))];

    private static TableInference Infer(int max, Func<string[], IEnumerable<string>>? order = null) => TableSchemas.Infer(
        ["number", "cost", "size", "word", "name"],
        [.. new[] { Numbers, Costs, Sizes, Words, Names }.Select(order ?? (cells => cells))], [], false, max)
        .Match(found => found, problems => throw new InvalidOperationException($"{problems}"));

    [Fact]
    public void KindsAndMomentsAreThoseOfAllRows()
    {
        TableInference all = Infer(int.MaxValue), some = Infer(Kept);
        Assert.True(some.HasMissing);
        Assert.Equal(all.Columns.Select(column => column.Missing), some.Columns.Select(column => column.Missing));
        Assert.Equal(all.Schema.Columns[3], some.Schema.Columns[3]);
        var kinds = all.Schema.Columns.Zip(some.Schema.Columns, (a, b) => (All: a.Kind, Some: b.Kind)).ToList();
        var (number, other) = ((ColumnKind.Continuous)kinds[0].All, (ColumnKind.Continuous)kinds[0].Some);
        Near(number.Location, other.Location);
        Near(number.Deviation, other.Deviation);
        var (cost, sampled) = ((ColumnKind.ZeroInflated)kinds[1].All, (ColumnKind.ZeroInflated)kinds[1].Some);
        Near(cost.Location, sampled.Location);
        Near(cost.Deviation, sampled.Deviation);
        var (size, kept) = ((ColumnKind.Positive)kinds[2].All, (ColumnKind.Positive)kinds[2].Some);
        Near(size.Location, kept.Location);
        Near(size.Deviation, kept.Deviation);
        Assert.StartsWith("too many different texts: about ", ((ColumnKind.SetAside)kinds[4].Some).Reason, StringComparison.Ordinal);

        static void Near(double expected, double actual) => Assert.Equal(expected, actual, 1e-9 * Math.Max(1, Math.Abs(expected)));
    }

    [Fact]
    public void TheOrderOfRowsDoesNotMatter() =>
        Assert.Equal(Infer(Kept).Schema.Columns.Select(column => column.Kind.GetType()),
            Infer(Kept, cells => cells.Reverse()).Schema.Columns.Select(column => column.Kind.GetType()));

    /// <summary>A sample of k of n is off by n/√k with probability below 1e-6 at five such deviations.</summary>
    [Fact]
    public void TheNumberOfDifferentTextsIsEstimated()
    {
        var tally = ColumnTally.Of(Sizes, false, Kept);
        Assert.True(tally.IsSample);
        Assert.InRange(tally.Texts.Count, 1, Kept);
        Assert.InRange(tally.Distinct, 0.66 * Rows, 1.34 * Rows);
        var reversed = ColumnTally.Of(Sizes.Reverse(), false, Kept);
        Assert.Equal((tally.Texts, tally.Counts, tally.Missing, tally.Level),
            (reversed.Texts, reversed.Counts, reversed.Missing, reversed.Level));
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.3)]
    public void ZerosHaveTheirShareOfASample(double share)
    {
        var cells = Sizes.Select((x, i) => i % 100 < 100 * share ? "0" : x);
        var (all, some) = (ColumnTally.Of(cells, false), ColumnTally.Of(cells, false, Kept));
        double Share(ColumnTally tally) => (double)tally.Counts[tally.Texts.ToList().IndexOf("0")] / tally.Rows;
        Assert.True(some.IsSample);
        Assert.Equal(share, Share(all), 1e-12);
        Assert.InRange(Share(some), 0.66 * share, 1.5 * share);
    }

    /// <summary>One cell among 20,000 that rules a kind out is seen, wherever it lies.</summary>
    [Theory]
    [InlineData("-1")]
    [InlineData("0.5")]
    [InlineData("unknown")]
    [InlineData("1.5e300")]
    public void ARareCellIsSeenInASample(string rare)
    {
        foreach (var place in new[] { 0, Rows - 1 })
        {
            string[] wholes = [.. Enumerable.Range(0, Rows).Select(i => $"{i * 7919 % 9001}")],
                days = [.. Enumerable.Range(0, Rows).Select(i => $"{DateTime.UnixEpoch.AddDays(i):yyyy-MM-dd}")];
            foreach (var cells in new[] { wholes, Sizes, days })
            {
                var with = cells.ToArray();
                with[place] = rare;
                Assert.Equal(KindOf(with, int.MaxValue), KindOf(with, Kept));
                // One fraction among others rules nothing out.
                if (cells != Sizes || rare != "0.5")
                    Assert.Contains(rare, ColumnTally.Of(with, false, Kept).Texts);
            }
        }

        static string KindOf(string[] cells, int max) => TableSchemas.Infer(["x", "y"], [cells, Words], [], false, max)
            .Match(found => found.Schema.Columns[0].Kind is ColumnKind.SetAside ? "set aside" : found.Schema.Columns[0].Kind.Title,
                problems => $"{problems}");
    }

    [Fact]
    public void RowNumbersAreSeenInASample()
    {
        var (rows, measures) = (Enumerable.Range(1, Rows).Select(i => $"{i}"),
            Enumerable.Range(1, Rows).Select(i => $"{i * 7919L % 1_000_003}"));
        var found = TableSchemas.Infer(["x", "y"], [rows, measures], [], false, 4096)
            .Match(table => table.Schema.Columns.Select(column => column.Kind.GetType()), _ => []);
        Assert.Equal([typeof(ColumnKind.SetAside), typeof(ColumnKind.Continuous)], found);
    }

    [Fact]
    public void GivenNumbersOfASampleHaveTheMeanOfAllRowsAndWordsAreRefused()
    {
        TableSchema Of(int max) => TableSchemas.OfNumbers(["x"], [Numbers], _ => true, max: max)
            .Match(schema => schema, problems => throw new InvalidOperationException($"{problems}"));
        Assert.Equal(((ColumnKind.Continuous)Of(int.MaxValue).Columns[0].Kind).Location,
            ((ColumnKind.Continuous)Of(Kept).Columns[0].Kind).Location, 1e-6);
        var problem = Assert.Single(TableSchemas.OfNumbers(["x", "name"], [Numbers, Names], _ => true, max: Kept)
            .Match(_ => [], problems => problems));
        Assert.StartsWith("columns: name: must have numbers, or few enough words to be categories", $"{problem}", StringComparison.Ordinal);
    }

    [Fact]
    public void MomentsOfPartsAreThoseOfTheWhole()
    {
        double[] values = [.. Enumerable.Range(0, 10_000).Select(i => 1e9 + KeyedRandom.FromSeed(4).Bell(i))];
        var (mean, all) = (values.Average(x => x - 1e9) + 1e9, RunningMoments.Of(values));
        Assert.Equal(10_000, all.Count);
        Assert.Equal(mean, all.Mean, 1e-6);
        Assert.Equal(Math.Sqrt(values.Average(x => (x - mean) * (x - mean))), all.Deviation, 1e-6);
        foreach (var cut in new[] { 0, 1, 5000, 9999 })
        {
            var joined = RunningMoments.Of(values.Take(cut)).With(RunningMoments.Of(values.Skip(cut)));
            Assert.Equal(all.Count, joined.Count);
            Assert.Equal(all.Mean, joined.Mean, 1e-5);
            Assert.Equal(all.Deviation, joined.Deviation, 1e-5);
        }
        Assert.Equal(0, RunningMoments.Of([]).Deviation);
    }
}
