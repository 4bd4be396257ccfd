using System.Diagnostics;

namespace Vae.Cli.Tests;

/// <summary>The command as a process that is killed, not asked to stop: nothing of it runs on.</summary>
public sealed class KillTests(KillTests.Whole whole) : IClassFixture<KillTests.Whole>, IDisposable
{
    private static readonly string[] Training =
        ["train", "--data", TinyDigits.Folder, "--epochs", "6", "--ema", "0.99", "--binarize", "stochastic", "--threads", "1", "--json"];

    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    /// <summary>The run that nobody kills.</summary>
    public sealed class Whole : IDisposable
    {
        private readonly Cli cli = new();

        public Whole() => Assert.Equal(0, Cli.Call([.. Training, "--out", Run]).Code);

        public string Run => cli.Path("whole");

        public void Dispose() => cli.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public void ARunKilledInAnEpochAndResumedEqualsOneThatWasNot(int epoch)
    {
        Kill(cli.Path("killed"), epoch);
        Assert.Equal(0, Cli.Call("train", "--resume", cli.Path("killed"), "--threads", "1", "--json").Code);
        foreach (var file in new[] { "model.safetensors", "experiment.json" })
            Assert.Equal(File.ReadAllBytes(Path.Combine(whole.Run, file)), File.ReadAllBytes(Path.Combine(cli.Path("killed"), file)));
    }

    /// <summary>Kills a training run as soon as it reports the given epoch: it is then writing, or in the next epoch.</summary>
    private static void Kill(string run, int epoch)
    {
        var start = new ProcessStartInfo("dotnet",
            [Path.Combine(AppContext.BaseDirectory, "vae.dll"), .. Training, "--out", run])
        { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        for (var seen = 0; seen < epoch && process.StandardOutput.ReadLine() is { } line;)
            seen += line.Contains("\"event\":\"epoch\"", StringComparison.Ordinal) ? 1 : 0;
        process.Kill();
        process.WaitForExit();
        Assert.NotEqual(0, process.ExitCode);
    }
}
