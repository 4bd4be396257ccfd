using System.Diagnostics;
using System.Globalization;
using TorchSharp;
using Xunit.Abstractions;

namespace Vae.Cli.Tests;

/// <summary>
/// Trainings of all models of the zoo in one process, round after round: memory must not grow. Two models once, or all of
/// them for as many minutes as VAE_SOAK_MINUTES says.
/// </summary>
public sealed class SoakTests(ITestOutputHelper output) : IDisposable
{
    // MiB from the second quarter to the last, set before the first campaign: what libc keeps from round to round differs by less.
    private const double AllowedGrowth = 64;

    private readonly Cli cli = new();

    private static double Minutes => double.Parse(
        Environment.GetEnvironmentVariable("VAE_SOAK_MINUTES") ?? "0", CultureInfo.InvariantCulture);

    public void Dispose() => cli.Dispose();

    [Fact]
    public void MemoryStaysFlatOverRoundsOfTrainings()
    {
        List<string[]> lines = Minutes == 0 ? [Line("mlp"), Line("burda")] : [.. Zoo.Names.Select(Line), .. WindowLines()];
        var (began, resident, tensors) = (Stopwatch.GetTimestamp(), new List<double>(), new List<long> { HeldTensors() });
        while (resident.Count == 0 || Stopwatch.GetElapsedTime(began).TotalMinutes < Minutes)
        {
            foreach (var line in lines)
                Train(line, resident.Count);
            tensors.Add(HeldTensors());
            resident.Add(Resident());
            Campaign.Print(output, string.Create(CultureInfo.InvariantCulture,
                $"round {resident.Count}, {Stopwatch.GetElapsedTime(began).TotalMinutes:0.0} minutes: "
                + $"{resident[^1]:0} MiB resident, {GC.GetTotalMemory(false) / 1048576.0:0} MiB managed, {tensors[^1]} tensors"));
        }
        Assert.All(tensors, count => Assert.Equal(tensors[0], count));
        if (resident.Count < 8)
            return;
        var quarter = resident.Count / 4;
        var (second, last) = (resident.Skip(quarter).Take(quarter).Max(), resident.TakeLast(quarter).Max());
        Campaign.Print(output, string.Create(CultureInfo.InvariantCulture,
            $"{resident.Count} rounds of {lines.Count} models: at most {second:0} MiB in the second quarter, {last:0} in the last"));
        Assert.InRange(last, 0, second + AllowedGrowth);
    }

    private static string[] Line(string model) => ["--model", model, "--data", TinyDigits.Folder, "--limit", "256"];

    private IEnumerable<string[]> WindowLines()
    {
        var path = cli.Path("log.csv");
        File.WriteAllLines(path, Enumerable.Range(0, 300).Select(hour => string.Create(CultureInfo.InvariantCulture,
            $"{new DateTime(2024, 1, 1).AddHours(hour):yyyy-MM-dd HH:mm},{Math.Sin(hour * Math.PI / 6):F3},{hour % 7}"))
            .Prepend("time,heat,load"));
        return Zoo.WindowNames.Select(name => new[] { "--model", name, "--data", path, "--window", "12", "--stride", "3" });
    }

    private void Train(string[] line, int round)
    {
        var run = cli.Path("run");
        var called = Cli.Call(["train", .. line, "--epochs", "2", "--seed", $"{round + 1}", "--threads", "1", "--out", run]);
        Assert.True(called.Code == 0, $"{string.Join(' ', line)}: {called.Error}");
        Directory.Delete(run, recursive: true);
    }

    // Tensors that wait for their finalizers are not held.
    private static long HeldTensors()
    {
        for (var i = 0; i < 2; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        return torch.Tensor.TotalCount;
    }

    private static double Resident()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64 / 1048576.0;
    }
}
