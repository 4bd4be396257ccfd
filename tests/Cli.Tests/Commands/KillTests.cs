using System.Diagnostics;

namespace Vae.Cli.Tests;

/// <summary>The command as a process that is killed, not asked to stop: nothing of it runs on.</summary>
public sealed class KillTests : IDisposable
{
    private static readonly string[] Training =
        ["train", "--limit", "2000", "--epochs", "6", "--average", "0.99", "--binarize", "stochastic", "--threads", "1", "--json"];

    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public void ARunKilledInAnEpochAndResumedEqualsOneThatWasNot(int epoch)
    {
        Assert.Equal(0, Cli.Call([.. Training, "--out", cli.Path("whole")]).Code);
        Kill(cli.Path("killed"), epoch);
        Assert.Equal(0, Cli.Call("train", "--resume", cli.Path("killed"), "--threads", "1", "--json").Code);
        foreach (var file in new[] { "model.safetensors", "experiment.json" })
            Assert.Equal(File.ReadAllBytes(Path.Combine(cli.Path("whole"), file)), File.ReadAllBytes(Path.Combine(cli.Path("killed"), file)));
    }

    /// <summary>Kills a training as soon as it has said that so many epochs are done: it is then writing, or in the next.</summary>
    private static void Kill(string run, int epoch)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "vae.dll"), .. Training, "--out", run]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        for (var seen = 0; seen < epoch && process.StandardOutput.ReadLine() is { } line;)
            seen += line.Contains("\"event\":\"epoch\"", StringComparison.Ordinal) ? 1 : 0;
        process.Kill();
        process.WaitForExit();
        Assert.NotEqual(0, process.ExitCode);
    }
}
