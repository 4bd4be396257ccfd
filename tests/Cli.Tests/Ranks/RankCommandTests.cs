using System.Globalization;
using System.Text;

namespace Vae.Cli.Tests;

/// <summary>Processes that train together leave the files of one process, also after one was killed.</summary>
public sealed class RankCommandTests : IDisposable
{
    private readonly Cli cli = new();

    private string[] Digits(string run, int epochs = 2) =>
        ["train", "--data", TinyDigits.Folder, "--limit", "512", "--epochs", $"{epochs}", "--binarize", "stochastic", "--shards", "4",
            "--threads", "1", "--matmul", "default", "--json", "--out", cli.Path(run)];

    public void Dispose() => cli.Dispose();

    [Fact]
    public void ATableTrainsToTheSameWeightsOnRanks()
    {
        var rows = new StringBuilder("height,kind,count\n");
        for (var i = 0; i < 300; i++)
            rows.AppendLine(string.Create(CultureInfo.InvariantCulture, $"{Math.Sin(i):0.000},{"abc"[i % 3]},{i % 7}"));
        File.WriteAllText(cli.Path("table.csv"), rows.ToString());
        string[] Line(string run) =>
            ["train", cli.Path("table.csv"), "--epochs", "3", "--batch", "64", run == "one" ? "--accumulate" : "--shards", "2", "--threads", "2", "--matmul", "default",
                "--json", "--out", cli.Path(run)];
        Assert.Equal(0, Cli.Call(Line("one")).Code);
        var ranks = RankProcesses.Tcp(2, Line("two"));
        Assert.All(ranks, rank => Assert.Equal((0, ""), (rank.Code, rank.Error)));
        Assert.Equal("", ranks[1].Output);
        Equal("one", "two");
    }

    // Without MPI on the machine, TCP is tested instead.
    [Fact]
    public void ProcessesOfALauncherAreRanks()
    {
        Assert.Equal(0, Cli.Call(Digits("one")).Code);
        foreach (var count in new[] { 2, 4 })
        {
            var called = RankProcesses.HasMpi
                ? RankProcesses.Mpi(count, Digits($"{count}")) : RankProcesses.Tcp(count, Digits($"{count}"))[0];
            Assert.True(called.Code == 0, called.Error);
            Assert.Contains($"{count} ranks by {(RankProcesses.HasMpi ? "Open MPI" : "TCP")}", called.Output, StringComparison.Ordinal);
            Equal("one", $"{count}");
        }
        var one = Cli.Call("evaluate", cli.Path("one"), "--importance-samples", "3", "--json");
        Assert.Equal(one.Output, RankProcesses.Tcp(2, "evaluate", cli.Path("one"), "--importance-samples", "3", "--json")[0].Output);
    }

    [Fact]
    public void ARunWhoseRankWasKilledGoesOnWithAnotherNumber()
    {
        Assert.Equal(0, Cli.Call(Digits("whole", epochs: 4)).Code);
        var ranks = RankProcesses.StartTcp(2, Digits("killed", epochs: 4));
        while (ranks[0].StandardOutput.ReadLine() is { } line && !line.Contains("\"event\":\"epoch\"", StringComparison.Ordinal))
            continue;
        ranks[1].Kill();
        var left = RankProcesses.Wait(ranks[0]);
        Assert.Equal(2, left.Code);
        Assert.StartsWith("vae: rank 0: ranks: rank 1 must stay until the run ends, got", left.Error, StringComparison.Ordinal);
        Assert.Equal(0, Cli.Call("train", "--resume", cli.Path("killed"), "--threads", "1", "--json").Code);
        Equal("whole", "killed");
    }

    [Fact]
    public void AWrongNumberOfRanksIsSaidOnceAndLeavesNothing()
    {
        var ranks = RankProcesses.Tcp(3, Digits("none"));
        Assert.All(ranks, rank => Assert.Equal(2, rank.Code));
        Assert.Equal("vae: ranks: must be 1, 2 or 4 with --shards 4, got 3", ranks[0].Error.Trim());
        Assert.Equal("", ranks[1].Error + ranks[2].Error);
        Assert.False(Directory.Exists(cli.Path("none")));
    }

    private void Equal(string expected, string actual)
    {
        foreach (var file in new[] { "model.safetensors", "experiment.json" })
            Assert.Equal(Bytes(expected, file), Bytes(actual, file));
    }

    private byte[] Bytes(string run, string file) => File.ReadAllBytes(Path.Combine(cli.Path(run), file));
}
