using System.Globalization;
using System.Text.Json;

namespace Vae.Cli.Tests;

/// <summary>A table of a user's own goes in as it is, and its run keeps what it holds.</summary>
public sealed class TableCommandTests : IDisposable
{
    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public void ATableIsUnderstoodAndCorrected()
    {
        File.WriteAllText(cli.Path("people.csv"), People(60));
        Assert.Equal(["zero-inflated", "categorical", "date", "set aside"], Kinds("data", cli.Path("people.csv"), "--json"));
        Assert.Equal(["set aside", "categorical", "ordinal", "categorical"], Kinds(
            "data", cli.Path("people.csv"), "--columns", "income=ignore,born=ordinal,\"who, when\"=categorical:3+other", "--json"));
        Assert.Contains("│ job", Cli.Call("data", cli.Path("people.csv")).Output);
        Assert.Contains("columns: must be NAME=KIND,… with kinds",
            Cli.Call("data", cli.Path("people.csv"), "--columns", "income=money").Error);
        Assert.Contains("columns: must name columns of the table",
            Cli.Call("data", cli.Path("people.csv"), "--columns", "wage=count").Error);
    }

    [Fact]
    public void ATableAloneTrainsAndItsRunReadsNewRowsByName()
    {
        var run = Trained("people.csv", People(150));
        var saved = SpecJson.ReadExperiment(File.ReadAllText(Path.Combine(run, "experiment.json")))
            .Match(found => found, _ => throw new InvalidOperationException());
        Assert.IsType<Likelihood.Masked>(saved.Model.Likelihood);
        Assert.Equal(["income", "job", "born", "who, when"], saved.Data.Schema.Columns.Select(column => column.Name));
        // Other order, another column, and no name.
        File.WriteAllText(cli.Path("new.csv"), "job;born;more;income\nclerk;1990-02-03;x;12.5\nnurse;1985-02-03;y;\n");
        var called = Cli.Call("anomaly", run, "--data", cli.Path("new.csv"), "--importance-samples", "2", "--threads", "1", "--json");
        Assert.Equal((0, ""), (called.Code, called.Error));
        Assert.Equal(2, called.Output.Split('\n').Count(line => line.Contains("\"index\"", StringComparison.Ordinal)));
        Assert.Equal(0, Cli.Call("evaluate", run, "--data", cli.Path("new.csv"), "--importance-samples", "2", "--threads", "1").Code);
    }

    [Theory]
    [InlineData("job,born,income\npilot,1990-02-03,1.5\n", "new.csv:2:1: must be one of clerk, nurse, smith, got 'pilot' in column job")]
    [InlineData("job,born\nclerk,1990-02-03\n", "new.csv: must have the column income, got job, born")]
    [InlineData("job,born,income\nclerk,1990-02-03,much\n", "new.csv:2:3: must be a number of at least 0, got 'much' in column income")]
    public void WhatNewRowsCannotHoldIsOneSentence(string text, string sentence)
    {
        var run = Trained("people.csv", People(60));
        File.WriteAllText(cli.Path("new.csv"), text);
        var called = Cli.Call("evaluate", run, "--data", cli.Path("new.csv"));
        Assert.Equal(VaeCommand.BadInput, called.Code);
        Assert.EndsWith($"{sentence}\n", called.Error);
    }

    [Fact]
    public void ASortedFileIsDividedAsBeforeAndAnotherIsRefused()
    {
        var run = Trained("people.csv", People(60));
        var before = Evaluated(run);
        var lines = People(60).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        File.WriteAllLines(cli.Path("people.csv"), lines.Take(1).Concat(lines.Skip(1).Order(StringComparer.Ordinal)));
        Assert.Equal(before, Evaluated(run));
        Assert.Equal(0, Cli.Call("train", "--resume", run, "--epochs", "3", "--threads", "1", "--json").Code);
        File.WriteAllText(cli.Path("people.csv"), People(70));
        var refused = Cli.Call("evaluate", run);
        Assert.Contains("must hold the rows that the run was made with, got 60 of its 60 rows and 10 others", refused.Error);
        var accepted = Cli.Call("evaluate", run, "--accept-changed-data", "--importance-samples", "2", "--threads", "1", "--json");
        Assert.Equal(0, accepted.Code);
        var changed = JsonDocument.Parse(accepted.Output.Split('\n')[0]).RootElement;
        Assert.Equal("changedData", changed.GetProperty("event").GetString());
        Assert.Contains("has changed since the run was made", changed.GetProperty("changes").GetString());
        Assert.Equal(0, Cli.Call("train", "--resume", run, "--epochs", "4", "--accept-changed-data", "--threads", "1", "--json").Code);
        File.WriteAllText(cli.Path("people.csv"), People(30));
        Assert.Contains("must hold all 54 training rows of the run to resume it, got fewer",
            Cli.Call("train", "--resume", run, "--epochs", "5", "--accept-changed-data", "--threads", "1").Error);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(81)]
    public void ATableIsNeverAPicture(int columns)
    {
        File.WriteAllText(cli.Path("wide.csv"), string.Concat(Enumerable.Range(0, 40).Select(i =>
            string.Join(',', Enumerable.Range(0, columns)
                .Select(j => Math.Sin(i * j + j).ToString("0.000", CultureInfo.InvariantCulture))) + "\n")));
        var called = Cli.Call(
            "train", cli.Path("wide.csv"), "--likelihood", $"columns:continuous*{columns}", "--epochs", "1",
            "--threads", "1", "--out", cli.Path("run"), "--json");
        Assert.Equal((0, ""), (called.Code, called.Error));
    }

    [Fact]
    public void ASweepKeepsTheColumnsOfALikelihoodTogether()
    {
        File.WriteAllText(cli.Path("t.csv"), "a,b\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i % 7}.5,{i % 2}\n")));
        var called = Cli.Call("sweep", "--data", cli.Path("t.csv"), "--likelihood", "columns:continuous,binary,columns:continuous*2",
            "--epochs", "1", "--threads", "1",
            "--out", cli.Path("sweep"));
        Assert.Equal((0, ""), (called.Code, called.Error));
        Assert.Equal(2, Directory.GetDirectories(cli.Path("sweep")).Count(run => !Path.GetFileName(run).StartsWith('.')));
    }

    private string Trained(string name, string text)
    {
        File.WriteAllText(cli.Path(name), text);
        var called = Cli.Call("train", cli.Path(name), "--epochs", "2", "--threads", "1", "--out", cli.Path("run"), "--json");
        Assert.Equal((0, ""), (called.Code, called.Error));
        return cli.Path("run");
    }

    private static string Evaluated(string run) =>
        Cli.Call("evaluate", run, "--importance-samples", "2", "--threads", "1", "--json").Output;

    private static IEnumerable<string?> Kinds(params string[] args)
    {
        var called = Cli.Call(args);
        Assert.Equal((0, ""), (called.Code, called.Error));
        return JsonDocument.Parse(called.Output).RootElement.GetProperty("columns")
            .EnumerateArray().Select(column => column.GetProperty("kind").GetString()).ToList();
    }

    // Mixed kinds with holes; the last column is a name.
    private static string People(int count) => "income,job,born,\"who, when\"\n"
        + string.Concat(Enumerable.Range(0, count).Select(i => string.Create(
        CultureInfo.InvariantCulture,
        $"{(i % 9 == 0 ? "" : i % 3 == 0 ? "0.0" : $"{((i * 37 % 101) + 0.5).ToString("0.0", CultureInfo.InvariantCulture)}")},"
            + $"{(i % 4 == 0 ? "clerk" : i % 4 == 1 ? "nurse" : "smith")},"
            + $"19{70 + i % 29}-0{1 + i % 9}-1{i % 10},person {i}\n")));
}
