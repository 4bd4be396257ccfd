using System.Globalization;

namespace Vae.Cli.Tests;

/// <summary>Tables in time: what is cut into windows, and what is written of their rows.</summary>
public sealed class WindowCommandTests : IDisposable
{
    private const int Hours = 240, Odd = 150;

    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    // Two machines with a period of twelve hours; the power of one is off at one hour. Rows stand in no order.
    private string Written(string name)
    {
        var rows = new[] { "A", "B" }.SelectMany(machine => Enumerable.Range(0, Hours).Select(hour => (machine, hour))).Select((row, i) =>
        {
            var (wave, noise) = (Math.Sin(row.hour * Math.PI / 6), 0.1 * (KeyedRandom.FromSeed(1).Uniform(i) - 0.5));
            var power = row is { machine: "B", hour: Odd } ? 3 - wave : 3 + wave;
            var time = new DateTime(2024, 1, 1).AddHours(row.hour + (row.hour >= 100 ? 36 : 0));
            return string.Create(CultureInfo.InvariantCulture,
                $"{time:yyyy-MM-dd HH:mm},{row.machine},{(i % 31 == 0 ? "" : $"{20 + 5 * wave + noise:F2}")},{power + noise:F3},"
                    + $"{(wave > 0 ? "day" : "night")}");
        });
        File.WriteAllLines(cli.Path(name), rows.OrderBy(row => row[^12..]).Prepend("time,machine,heat,power,state"));
        return cli.Path(name);
    }

    [Theory]
    [InlineData("mlp")]
    [InlineData("conv1d")]
    [InlineData("gru")]
    public void ScoresOfWindowsAreThoseOfTheRowsOfTheFile(string model)
    {
        var (data, run) = (Written("log.csv"), cli.Path("run"));
        Succeeds("train", data, "--window", "12", "--stride", "3", "--group", "machine", "--model", model, "--epochs", "15",
            "--threads", "1", "--out", run);
        Succeeds("anomaly", run, "--data", data, "--threshold", "0.05", "--explain", "--threads", "1", "--out", cli.Path("scores.csv"));
        string[][] scores = Cells("scores.csv"), rows = Cells("log.csv");
        Assert.Equal(["row", "time", "machine", "score", "anomaly", "share of heat", "share of power", "share of state",
            "share of the code"], scores[0]);
        Assert.Equal(rows.Skip(1).Select(row => row[0] + row[1]), scores.Skip(1).Select(row => row[1] + row[2]));
        Assert.All(scores.Skip(1), row => Assert.Equal(Number(row[3]), row.Skip(5).Sum(Number), 1e-3 * (1 + Math.Abs(Number(row[3])))));
        var odd = rows.Select((row, i) => (row, i)).Single(pair => pair.row[1] == "B"
            && pair.row[0] == new DateTime(2024, 1, 1).AddHours(Odd + 36).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)).i;
        // Among the highest: the hour whose power does not follow its heat.
        Assert.True(scores.Skip(1).Count(row => Number(row[3]) > Number(scores[odd][3])) < 25, scores[odd][3]);
        Succeeds("encode", run, "--data", data, "--out", cli.Path("codes.csv"));
        Assert.Equal(["row", "time", "machine", "z0"], Cells("codes.csv")[0].Take(4));
        Succeeds("sample", run, "--count", "2", "--out", cli.Path("rows.csv"));
        Assert.Equal(["window", "step", "heat", "power", "state"], Cells("rows.csv")[0]);
        Assert.Equal(1 + 2 * 12, Cells("rows.csv").Length);
        Succeeds("impute", run, "--samples", "20", "--out", cli.Path("filled.csv"));
        Succeeds("impute", run, "--data", data, "--samples", "20", "--out", cli.Path("whole.csv"));
        Assert.All(rows.Zip(Cells("whole.csv")), pair => Assert.All(pair.First.Zip(pair.Second),
            cell => Assert.True(cell.First.Length == 0 ? cell.Second.Length > 0 : cell.First == cell.Second)));
        Succeeds("reconstruct", run, "--out", cli.Path("again.csv"));
        Succeeds("evaluate", run, "--threads", "1");
    }

    [Theory]
    [InlineData("--window 12", "must have one row for each time of a series, got several for 2024-01-")]
    [InlineData("--window 12 --time hour", "time: must name a column of the table, which are ")]
    [InlineData("--window 12 --time state", "must have a date of one form or a number in every row of column state, got '")]
    [InlineData("--window 12 --stride 0", "stride: must be at least 1 row, got 0")]
    [InlineData("--stride 12", "window: must be at least 1 row, with any of --stride, --time and --group, got 0")]
    [InlineData("--window 500 --group machine", "must have a window of 500 rows without a gap for training and one for testing, got 0 and 0")]
    [InlineData("--window 12 --likelihood normal", "window: must be left out for anything but a .csv, .parquet or .tsv table")]
    [InlineData("--model gru", "model: gru needs windows of a table with a column of time")]
    public void WhatCannotBeCutIsOneSentence(string options, string sentence)
    {
        var called = Cli.Call(["train", Written("log.csv"), "--epochs", "1", "--out", cli.Path("none"), .. options.Split(' ')]);
        Assert.Equal(VaeCommand.BadInput, called.Code);
        Assert.Contains(sentence, called.Error);
        Assert.False(Directory.Exists(cli.Path("none")));
    }

    private string[][] Cells(string name) => [.. File.ReadLines(cli.Path(name)).Select(line => line.Split(','))];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static void Succeeds(params string[] args)
    {
        var called = Cli.Call(args);
        Assert.True(called.Code == 0, $"vae {string.Join(' ', args)}: {called.Error}");
    }
}
