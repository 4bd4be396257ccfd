using System.Diagnostics;

namespace Vae.Cli.Tests;

/// <summary>Sweeps on one folder, of which one is killed, leave the table of one sweep alone.</summary>
public sealed class KilledSweepTests : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5), Patience = TimeSpan.FromMinutes(4);

    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public void TwoAtOnceOfWhichOneIsKilledHaveTheTableOfOneAlone()
    {
        var alone = RankProcesses.Wait(Start("alone"));
        Assert.True(alone.Code == 0, alone.Error);
        using var killed = Start("shared");
        killed.BeginOutputReadLine();
        var other = Start("shared");
        // Two of three runs have begun: neither process is at the end.
        var since = Stopwatch.StartNew();
        while (Begun() < 2)
        {
            Assert.True(since.Elapsed < Patience, "no two runs have begun");
            Thread.Sleep(Pause);
        }
        killed.Kill();
        killed.WaitForExit();
        Assert.NotEqual(0, killed.ExitCode);
        var left = RankProcesses.Wait(other);
        Assert.True(left.Code == 0, left.Error);
        Assert.Equal(Table(alone, "alone"), Table(left, "shared"));
        Campaign.Same(Campaign.Computed(cli.Path("alone")), Campaign.Computed(cli.Path("shared")), "two at once");
    }

    // The table and where its page lies; lines above are those of runs as they end.
    private string Table(Called called, string folder) =>
        called.Output[called.Output.LastIndexOf("nats per example", StringComparison.Ordinal)..]
            .Replace(cli.Path(folder), "FOLDER", StringComparison.Ordinal);

    private int Begun() => Directory.Exists(cli.Path("shared"))
        ? Directory.EnumerateFiles(cli.Path("shared"), "experiment.json", SearchOption.AllDirectories).Count() : 0;

    private Process Start(string folder)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "vae.dll"), "sweep", "--data", TinyDigits.Folder,
            "--limit", "256", "--threads", "1", "--latent", "2", "--epochs", "3", "--beta", "1,2,4", "--out", cli.Path(folder)])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        // The backend of matrix products is chosen by measured speed, on a busy machine not always alike: so oneDNN is never the faster.
        start.Environment["ONEDNN_MAX_CPU_ISA"] = "SSE41";
        start.Environment["COLUMNS"] = "100";
        return Process.Start(start)!;
    }
}
