using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Benchmarks;

/// <summary>
/// Where the time of a compiled step goes: the program is run up to each of its statements, and the best time of one prefix
/// less that of the prefix before is the statement's. The parts of a step around the program are timed by themselves.
/// </summary>
internal static class Profile
{
    private const int Rounds = 9;

    public static int Run(Match match, double seconds, int threads, int lines)
    {
        TorchRuntime.Load();
        set_num_threads(threads);
        var matmul = MatmulBackends.Choose();
        using var bench = new ProfileBench(match);
        ValueList<(string Text, Action Run)> parts = [.. bench.Around(), .. bench.Prefixes()];
        var best = Best([.. parts.Select(part => part.Run)], seconds);
        var around = bench.Around().Count;
        var floor = Best([match.Floor()], seconds / 4)[0];
        var costs = parts.Select((part, i) => (part.Text, Cost: i <= around ? best[i] : best[i] - best[i - 1])).ToList();
        var total = costs.Sum(cost => cost.Cost);
        Console.WriteLine(FormattableString.Invariant(
            $"{match.Name}: {match.Title}; {threads} threads, products by {matmul.Name}; best of {Rounds} rounds"));
        Console.WriteLine(FormattableString.Invariant($"{total * 1e6,9:F0} µs  100.0%  the step"));
        Console.WriteLine(FormattableString.Invariant($"{floor * 1e6,9:F0} µs  {floor / total,6:P1}  its matrix products alone"));
        foreach (var (text, cost) in costs.OrderByDescending(cost => cost.Cost).Take(lines))
            Console.WriteLine(FormattableString.Invariant($"{cost * 1e6,9:F1} µs  {cost / total,6:P1}  {text}"));
        return 0;
    }

    /// <summary>Seconds of a call, the best over rounds in which all take turns; a round gives each its share of the time.</summary>
    private static double[] Best(Action[] calls, double seconds)
    {
        var best = new double[calls.Length];
        Array.Fill(best, double.PositiveInfinity);
        for (var round = 0; round < Rounds; round++)
            for (var i = 0; i < calls.Length; i++)
                best[i] = Math.Min(best[i], Time(calls[i], seconds / Rounds / calls.Length));
        return best;
    }

    private static double Time(Action call, double seconds)
    {
        call();
        var (start, done) = (Stopwatch.GetTimestamp(), 0);
        do
        {
            call();
            done++;
        }
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds);
        return Stopwatch.GetElapsedTime(start).TotalSeconds / done;
    }
}
