using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace Vae.Cli.Tests;

/// <summary>
/// Processes of the command are killed at random moments, and whenever a file is being written: what was there stays and is whole, and what
/// goes on ends as if nothing had happened. A few kills; as many as VAE_KILLS says.
/// </summary>
public sealed class RandomKillTests(TinyRuns runs, ITestOutputHelper output) : IClassFixture<TinyRuns>, IDisposable
{
    private static readonly string[] Commands = [
        "train", "sample RUN --sampler mixture:2 --count 9", "export RUN --onnx --draws 2", "train, averaged and logged", "train a table",
        "resume", "sweep", "encode RUN --out RUN/codes.parquet", "compare RUN RUN --out RUN/compared", "halving"];

    private readonly Cli cli = new();
    private readonly Dictionary<string, (TimeSpan Takes, SortedDictionary<string, byte[]> Made)> wholes = [];

    public void Dispose() => cli.Dispose();

    [Fact]
    public void WhatIsKilledGoesOn()
    {
        var kills = Campaign.Number("VAE_KILLS", 2);
        var (faults, moments) = (new List<string>(), new List<Moment>());
        for (var i = 0; i < kills; i++)
        {
            var (command, name) = (Commands[i % Commands.Length], $"kill {i + 1} of {kills}, {Commands[i % Commands.Length]}");
            var (fault, moment) = Try(i, command);
            if (moment is not null)
                moments.Add(moment);
            if (fault.Length > 0)
                faults.Add($"{name}: {fault}");
            Campaign.Log($"{name}, {moment?.ToString() ?? "not killed"}: {(fault.Length > 0 ? "FAULT " + fault : "went on")}");
        }
        foreach (var of in moments.GroupBy(moment => moment.Command))
            Campaign.Print(output, $"{of.Key}: {of.Count()} kills, {of.Count(moment => !moment.HadBegun)} before the first file changed, "
                + $"{of.Count(moment => moment.WasWriting)} while a file was being written");
        Campaign.Print(output, $"{kills - faults.Count} of {kills} killed commands went on");
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    // A fault does not end the campaign: one run shows them all.
    private (string Fault, Moment? Moment) Try(int number, string command)
    {
        var random = KeyedRandom.FromSeed(15).Fold(number);
        Moment? moment = null;
        try
        {
            // Each command in both ways: after a time, and at the writing of a file.
            moment = Kill(command, (number / Commands.Length + number) % 2 == 0 ? random.Uniform(0) : null, random);
            GoesOn(command);
            return ("", moment);
        }
        catch (Exception e) when (e is Xunit.Sdk.XunitException or ArgumentException or IOException or InvalidDataException)
        {
            Campaign.Keep(moment?.Left, Place, $"kill-{number + 1}");
            return (e.Message, moment);
        }
    }

    // Until it hits a living process: on a busy machine no duration is that of the time before.
    private Moment Kill(string command, double? part, KeyedRandom random)
    {
        var (takes, made) = Whole(command);
        var start = Campaign.Content(runs.Start(command));
        var files = made.Count(file => !start.TryGetValue(file.Key, out var old) || !old.SequenceEqual(file.Value));
        for (var tries = 0; ; tries++)
        {
            Assert.True(tries < 20, $"{command}: ends before it can be killed");
            Campaign.Copy(runs.Start(command), Place);
            Directory.CreateDirectory(cli.Path("watched"));
            var began = Stopwatch.GetTimestamp();
            using var process = Start(runs.Line(command, Place));
            process.BeginErrorReadLine();
            var isLive = part is { } share ? !process.WaitForExit(takes * share) : WaitForFile(process, random.Below(files, 1 + tries));
            process.Kill();
            process.WaitForExit();
            if (!isLive || process.ExitCode == 0)
                continue;
            var after = Campaign.Content(Place);
            Assert.All(start.Keys, name => Assert.True(after.ContainsKey(name), $"{command}: {name} is lost"));
            return new(command, Stopwatch.GetElapsedTime(began), after, !start.Keys.SequenceEqual(after.Keys)
                || start.Any(file => !file.Value.SequenceEqual(after[file.Key])));
        }
    }

    private void GoesOn(string command)
    {
        Campaign.Loads(Place);
        var (start, made) = (Campaign.Content(runs.Start(command)), Whole(command).Made);
        // Of an answer, each file is as before or as after, none between.
        if (command.Contains("RUN", StringComparison.Ordinal))
            Assert.All(Campaign.Content(Place).Where(file => !IsTemporary(file.Key)), file => Assert.True(
                file.Value.SequenceEqual(made[file.Key]) || start.TryGetValue(file.Key, out var old) && file.Value.SequenceEqual(old),
                file.Key));
        using (var again = Start(runs.Continued(command, Place)))
        {
            var error = again.StandardError.ReadToEnd();
            again.WaitForExit();
            Assert.True(again.ExitCode == 0, error);
        }
        Campaign.Same(Campaign.Computed(made), Campaign.Computed(Campaign.Content(Place)), "goes on");
        Assert.DoesNotContain(Campaign.Content(Place).Keys, IsTemporary);
    }

    // What the command makes that nobody kills, and how long it takes.
    private (TimeSpan Takes, SortedDictionary<string, byte[]> Made) Whole(string command)
    {
        if (wholes.TryGetValue(command, out var known))
            return known;
        Campaign.Copy(runs.Start(command), Place);
        var began = Stopwatch.GetTimestamp();
        using var process = Start(runs.Line(command, Place));
        process.BeginErrorReadLine();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return wholes[command] = (Stopwatch.GetElapsedTime(began), Campaign.Content(Place));
    }

    private string Place => cli.Path("watched/place");

    private static Process Start(string[] line)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "vae.dll"), .. line])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        // The backend of matrix products is chosen by measured speed, on a busy machine not always alike: so oneDNN is never the faster.
        start.Environment["ONEDNN_MAX_CPU_ISA"] = "SSE41";
        var process = Process.Start(start)!;
        // Whoever writes into a full pipe that nobody reads waits for ever.
        process.BeginOutputReadLine();
        return process;
    }

    /// <summary>Waits until a number of files have been written and the next is begun; false if the process ends first.</summary>
    private bool WaitForFile(Process process, int before)
    {
        using var begun = new SemaphoreSlim(0);
        using var watcher = new FileSystemWatcher(cli.Path("watched"), "*.tmp") { IncludeSubdirectories = true };
        watcher.Created += (_, _) => begun.Release();
        watcher.EnableRaisingEvents = true;
        for (var seen = 0; seen <= before;)
            if (begun.Wait(5))
                seen++;
            else if (process.HasExited)
                return false;
        return true;
    }

    private static bool IsTemporary(string name) => name.EndsWith(".tmp", StringComparison.Ordinal);

    /// <summary>When a command was killed, and what it left.</summary>
    private sealed record Moment(string Command, TimeSpan After, SortedDictionary<string, byte[]> Left, bool HadBegun)
    {
        public bool WasWriting => Left.Keys.Any(IsTemporary);

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"after {After.TotalSeconds:0.00} s, ")
            + (WasWriting ? $"writing {Left.Keys.First(IsTemporary)}" : HadBegun ? "files had changed" : "nothing had changed");
    }
}
