using System.Diagnostics;

namespace Vae.Cli.Tests;

/// <summary>Sweeps on one folder, of which one is killed, leave the table of one sweep alone.</summary>
public sealed class KilledSweepTests : IDisposable
{
    private const int Attempts = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5), Patience = TimeSpan.FromMinutes(15);

    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public void TwoAtOnceOfWhichOneIsKilledHaveTheTableOfOneAlone()
    {
        var alone = RankProcesses.Wait(Start("alone"));
        Assert.True(alone.Code == 0, alone.Error);
        // On a busy machine the first may be at its end before it is killed: then two others are started.
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var shared = $"shared-{attempt}";
            var (code, left) = KilledBesideAnother(shared);
            Assert.True(left.Code == 0, left.Error);
            Assert.Equal(Table(alone, "alone"), Table(left, shared));
            Campaign.Same(Campaign.Computed(cli.Path("alone")), Campaign.Computed(cli.Path(shared)), "two at once");
            if (code != 0)
                return;
        }
        Assert.Fail("no sweep was killed before its end");
    }

    private (int Killed, Called Other) KilledBesideAnother(string folder)
    {
        using var killed = Start(folder);
        killed.BeginOutputReadLine();
        killed.BeginErrorReadLine();
        var other = Start(folder);
        try
        {
            // Two of three runs have begun: neither process is at the end.
            var since = Stopwatch.StartNew();
            while (Begun(folder) < 2 && !killed.HasExited)
            {
                Assert.True(since.Elapsed < Patience, "no two runs have begun");
                Thread.Sleep(Pause);
            }
        }
        finally
        {
            killed.Kill();
            killed.WaitForExit();
        }
        return (killed.ExitCode, RankProcesses.Wait(other));
    }

    // The table and where its page lies; lines above are those of runs as they end.
    private string Table(Called called, string folder) =>
        called.Output[called.Output.LastIndexOf("nats per example", StringComparison.Ordinal)..]
            .Replace(cli.Path(folder), "FOLDER", StringComparison.Ordinal);

    private int Begun(string folder) => Directory.Exists(cli.Path(folder))
        ? Directory.EnumerateFiles(cli.Path(folder), "experiment.json", SearchOption.AllDirectories).Count() : 0;

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
