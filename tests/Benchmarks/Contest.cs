using System.Diagnostics;

namespace Vae.Benchmarks;

/// <summary>A way to do one training step.</summary>
/// <param name="Name">For people.</param>
/// <param name="Products">The route of its matrix products.</param>
/// <param name="Step">Does it.</param>
internal sealed record Contestant(string Name, string Products, Action Step);

/// <summary>
/// Times contestants in alternation within one process: on a machine that others use too, only ratios of times taken close
/// together mean anything.
/// </summary>
internal static class Contest
{
    /// <summary>Milliseconds a step: [round][contestant].</summary>
    public static double[][] Run(IReadOnlyList<Contestant> contestants, int rounds, double seconds)
    {
        foreach (var contestant in contestants)
            Turn(contestant, seconds / 2);
        return [.. Enumerable.Range(0, rounds).Select(_ => contestants.Select(c => Turn(c, seconds)).ToArray())];
    }

    /// <summary>Prints times, and the ratios of the first contestant to each other: the median over rounds, and of the best times.</summary>
    public static void Report(string title, IReadOnlyList<Contestant> contestants, double[][] times)
    {
        Console.WriteLine($"{title,-34}{"median ms",12}{"best ms",12}{$"÷ {contestants[0].Name}",12}{"of bests",12}");
        for (var i = 0; i < contestants.Count; i++)
        {
            var which = i;
            double best = times.Min(round => round[which]), ours = times.Min(round => round[0]);
            Console.WriteLine(FormattableString.Invariant(
                $"  {contestants[i].Name,-32}{Median(times.Select(round => round[which])),12:0.000}{best,12:0.000}{Median(times.Select(round => round[which] / round[0])),12:0.00}{best / ours,12:0.00}"));
        }
    }

    // The lower decile of a turn: what a step takes when nobody else has the cores.
    private static double Turn(Contestant contestant, double seconds)
    {
        MatrixProducts.Use(contestant.Products);
        var times = new List<double>();
        var end = Stopwatch.GetTimestamp() + (long)(seconds * Stopwatch.Frequency);
        do
        {
            var start = Stopwatch.GetTimestamp();
            contestant.Step();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        while (Stopwatch.GetTimestamp() < end || times.Count < 5);
        times.Sort();
        return times[times.Count / 10];
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
