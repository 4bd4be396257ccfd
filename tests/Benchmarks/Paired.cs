using System.Diagnostics;
using System.Globalization;

namespace Vae.Benchmarks;

/// <summary>
/// This project, the baseline and the roofline in short alternating turns on the same data: on a machine that others use too, only ratios
/// of times taken close together mean anything.
/// </summary>
internal static class Paired
{
    // Long enough for tens of steps, short enough for the machine's other load to be the same for all in a round.
    private const double TurnSeconds = 0.25;

    private const int FewestRounds = 3;

    private static readonly string[] Contestants = [Contestant.Ours, Contestant.Baseline, Contestant.Floor, Contestant.Settled];

    public static int Run(PairedOptions options)
    {
        Console.WriteLine(
            $"{options.Threads} threads, {Environment.ProcessorCount} cores; medians over alternating turns of {TurnSeconds * 1000:0} ms");
        Console.WriteLine($"{"",-19}{"images/s",10}{"ours ÷ it",11}{"resident MiB",14}{"bytes/step",12}{"first step s",14}  products");
        var summaries = new List<(string, Summary)>();
        foreach (var match in options.Models)
        {
            var turns = Measure(match, Contestants, options);
            var summary = Summarize(turns);
            Print(match, turns);
            summaries.Add((match.Name, summary));
        }
        if (options.Json)
            Console.WriteLine(Figures.Json(summaries));
        return 0;
    }

    /// <summary>Alternating turns of contestants on a model.</summary>
    public static Turns[] Measure(Match match, string[] contestants, PairedOptions options)
    {
        var rivals = new List<Rival>();
        try
        {
            foreach (var who in contestants)
                rivals.Add(new(match, who, options.Threads, options.Route));
            // The runtime recompiles what is called often; that is over after the first turns.
            foreach (var rival in rivals)
                rival.Take(2 * TurnSeconds);
            var turns = Rounds(rivals, options.Seconds);
            return [.. contestants.Select((who, i) => new Turns(who, match.Batch, rivals[i].Ready, ValueList.From(turns[i])))];
        }
        finally
        {
            rivals.ForEach(rival => rival.Dispose());
        }
    }

    private static List<Turn>[] Rounds(List<Rival> rivals, double seconds)
    {
        var turns = rivals.Select(_ => new List<Turn>()).ToArray();
        var start = Stopwatch.GetTimestamp();
        for (var round = 0; round < FewestRounds || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds; round++)
            // To and fro: nobody always follows the same one.
            foreach (var i in round % 2 == 0 ? Enumerable.Range(0, rivals.Count) : Enumerable.Range(0, rivals.Count).Reverse())
                turns[i].Add(rivals[i].Take(TurnSeconds));
        return turns;
    }

    private static Summary Summarize(Turns[] turns) => new(
        turns[0].ImagesPerSecond, turns[0].Over(turns[1]), turns[0].Over(turns[2]), turns[0].ResidentMiB);

    private static void Print(Match match, Turns[] turns)
    {
        Console.WriteLine($"{match.Name}: {match.Title}; {turns[0].All.Count} rounds");
        foreach (var them in turns)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {them.Who,-17}{them.ImagesPerSecond,10:0}"
                + $"{turns[0].Over(them),11:0.00}{them.ResidentMiB,14:0}{them.AllocatedPerStep,12:0}"
                + $"{them.Ready.FirstStep,14:0.00}  {them.Ready.Matmul}"));
    }
}
