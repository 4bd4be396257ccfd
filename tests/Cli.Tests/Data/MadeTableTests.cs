using System.Globalization;
using Vae.Benchmarks;

namespace Vae.Cli.Tests;

/// <summary>The table of the benchmark, whose structure is known: itself, and what the commands find in a small one.</summary>
public sealed class MadeTableTests : IDisposable
{
    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public void ATenthOfTheCellsIsMissingAndAHundredthOfTheRowsAnomalous()
    {
        var made = MadeTable.Draw(20_000, 1);
        Assert.Equal(0.1, made.Shown.Average(row => row.Skip(1).Average(cell => cell.Length == 0 ? 1.0 : 0)), 0.01);
        Assert.All(MadeTable.Kinds, kind => Assert.Equal(40, made.Anomalies.Count(found => found == kind)));
        Assert.All(made.Complete.Zip(made.Shown), row => Assert.All(row.First.Zip(row.Second),
            cell => Assert.True(cell.Second.Length == 0 || cell.First == cell.Second)));
        Assert.Equal(made.Shown, MadeTable.Draw(20_000, 1).Shown);
        // Not at random: the missing incomes are the higher ones.
        double Mean(bool missing) => made.Complete.Zip(made.Shown).Where(row => row.Second[7].Length == 0 == missing)
            .Average(row => double.Parse(row.First[7], CultureInfo.InvariantCulture));
        Assert.True(Mean(missing: true) > 1.1 * Mean(missing: false));
    }

    [Fact]
    public void RowsThatBreakTheStructureScoreHigherByRanksThanByDensity()
    {
        var made = MadeTable.Draw(1500, 3);
        var (data, run) = (cli.Path("people.csv"), cli.Path("run"));
        TableWriter.Write(data, Person.Columns, made.Shown.Select(cells => ValueList.From(cells)));
        Assert.Equal((0, ""), Called("train", data, "--epochs", "40", "--threads", "1", "--out", run));
        double byRanks = Area(made, run, data), byDensity = Area(made, run, data, "--score", "density");
        Assert.True(byRanks > 0.85 && byRanks > byDensity, $"{byRanks} {byDensity}");
        var called = Cli.Call("anomaly", run, "--score", "rank");
        Assert.Equal((VaeCommand.BadInput, "vae: score: must be density or ranks, got rank"), (called.Code, called.Error.Split('\n')[0]));
    }

    private static (int, string) Called(params string[] args) => Cli.Call(args) is var called ? (called.Code, called.Error) : default;

    private double Area(MadeTable made, string run, string data, params string[] more)
    {
        var to = cli.Path("scores.csv");
        Assert.Equal((0, ""), Called(["anomaly", run, "--data", data, "--threads", "1", "--out", to, .. more]));
        double[] scores = [.. File.ReadLines(to).Skip(1).Select(line => double.Parse(line.Split(',')[2], CultureInfo.InvariantCulture))];
        return RocCurves.Area([.. scores.Where((_, i) => made.Anomalies[i].Length > 0)],
            [.. scores.Where((_, i) => made.Anomalies[i].Length == 0)]);
    }
}
