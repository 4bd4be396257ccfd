using System.Diagnostics;
using Xunit.Abstractions;

namespace Vae.Cli.Tests;

/// <summary>
/// A disk that is full, and a limit on the size of files: the kernel refuses what does not fit. What was there stays, the message names the
/// file, nothing half-written is left, and with more room a run goes on as if nothing had happened. One size of disk for a few commands;
/// VAE_SMALL_DISKS sizes for each.
/// </summary>
public sealed class SmallDiskTests(TinyRuns runs, ITestOutputHelper output) : IClassFixture<TinyRuns>, IDisposable
{
    private const int Page = 4096;

    private readonly Cli cli = new();
    private string mounted = "";

    public static TheoryData<string> Kinds => [.. Campaign.Number("VAE_SMALL_DISKS", 0) > 0
        ? TinyRuns.Trainings.Concat(TinyRuns.Answers.Where(answer => !answer.StartsWith("picture", StringComparison.Ordinal)))
        : ["train", "resume", "export RUN --onnx --draws 2"]];

    public static TheoryData<string> Limited => [.. Campaign.Number("VAE_SMALL_DISKS", 0) > 0 ? (string[])["train", "resume"] : ["resume"]];

    public void Dispose()
    {
        if (mounted.Length > 0)
            Mount("umount", mounted);
        cli.Dispose();
    }

    [Theory, MemberData(nameof(Kinds))]
    public void WhatDoesNotFitOnADiskIsSaid(string kind)
    {
        var (disk, start, whole) = (cli.Path("disk"), cli.Path("start"), cli.Path("whole"));
        Directory.CreateDirectory(disk);
        if (Mount("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", disk) is { Length: > 0 } refusal)
        {
            Campaign.Print(output, $"{kind}: no small disk was tried, since this system mounts none: {refusal}");
            return;
        }
        mounted = disk;
        // The command works in a folder that has one name all the time, since pages may show it.
        var place = Path.Combine(disk, "place");
        Campaign.Copy(runs.Start(kind), start);
        Campaign.Copy(start, place);
        TinyRuns.Good(runs.Line(kind, place));
        Campaign.Copy(place, whole);
        var (least, most) = (Pages(start), Pages(whole));
        var sizes = Math.Max(1, Campaign.Number("VAE_SMALL_DISKS", 1));
        for (var i = 0; i < sizes; i++)
            Fill(kind, (start, place, whole), Math.Max(1, least + (most - least) * (2 * i + 1) / (2 * sizes)));
        Campaign.Print(output, $"{kind}: {sizes} disks of {least} to {most} pages were full, no file was lost, each command went on");
    }

    private void Fill(string kind, (string Start, string Place, string Whole) folders, long pages)
    {
        var (start, place, whole) = folders;
        Assert.Empty(Mount("mount", "-o", "remount,size=64m", mounted));
        Campaign.Copy(start, place);
        Assert.Empty(Mount("mount", "-o", $"remount,size={pages * Page}", mounted));
        Refused(Cli.Call(runs.Line(kind, place)), start, place);
        Assert.Empty(Mount("mount", "-o", "remount,size=64m", mounted));
        Goes(kind, place, whole);
    }

    [Theory, MemberData(nameof(Limited))]
    public void WhatIsBeyondALimitOfTheSystemIsSaid(string kind)
    {
        if (!OperatingSystem.IsLinux())
            return;
        var (start, place, whole) = (cli.Path("start"), cli.Path("place"), cli.Path("whole"));
        Campaign.Copy(runs.Start(kind), start);
        Campaign.Copy(start, place);
        TinyRuns.Good(runs.Line(kind, place));
        Campaign.Copy(place, whole);
        Campaign.Copy(start, place);
        // KiB: the weights fit, the state of the optimizer does not. Executable pages of .NET are in files too, unless a variable forbids it.
        var line = string.Join(' ', runs.Line(kind, place).Prepend(Path.Combine(AppContext.BaseDirectory, "vae.dll")).Select(Quoted));
        var info = new ProcessStartInfo("bash", ["-c", $"trap '' XFSZ; ulimit -f 5000; exec dotnet {line}"])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        info.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        using (var process = Process.Start(info)!)
        {
            process.OutputDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Refused(new(process.ExitCode, "", error), start, place);
        }
        Goes(kind, place, whole);
    }

    private static void Refused(Called called, string start, string place)
    {
        Assert.True(called.Code == VaeCommand.BadInput, $"{called.Code}: {called.Error}");
        Assert.StartsWith($"vae: {place}", called.Error, StringComparison.Ordinal);
        Assert.Single(called.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        var left = Campaign.Content(place);
        Assert.DoesNotContain(left.Keys, name => name.EndsWith(".tmp", StringComparison.Ordinal));
        Assert.All(Campaign.Content(start).Keys, name => Assert.True(left.ContainsKey(name), $"{name} is lost"));
        Campaign.Loads(place);
    }

    private void Goes(string kind, string place, string whole)
    {
        TinyRuns.Good(runs.Continued(kind, place));
        Campaign.Same(Campaign.Computed(whole), Campaign.Computed(place), kind);
    }

    // Of a file, whole pages are taken.
    private static long Pages(string folder) => Campaign.Content(folder).Sum(file => (file.Value.Length + Page - 1L) / Page);

    private static string Quoted(string word) => $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    // What the system says against it; empty if it did it.
    private static string Mount(string program, params string[] words)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, words) { RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0 ? "" : $"{program}: {error} ({process.ExitCode})";
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return e.Message;
        }
    }
}
