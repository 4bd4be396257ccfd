using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>Measures the costs of a step and of an exchange on this machine: means of steps, and the median of exchanges.</summary>
internal static class RankMeasurements
{
    private const int Few = 16, Many = 128, MinSteps = 8, MaxSteps = 40;

    // The same on all ranks, which exchange together; many, since each lasts less than a turn of a busy processor.
    private const int Exchanges = 100;

    // How long a busy core is watched, and the shortest gap in a thread's clock that another thread makes.
    private const double TurnSeconds = 0.1, ShortestTurn = 2e-4;

    // Measured steps are to take this long in all.
    private const double Patience = 1.5;

    /// <summary>The costs of a step: of one rank alone, and of those that share this machine.</summary>
    /// <param name="ranks">The ranks, all of this machine; all of them make this call. With a single rank, threads stand in for others.</param>
    /// <param name="model">A model without problems.</param>
    /// <param name="objective">The objective.</param>
    /// <param name="batch">Examples of a step; at least 1.</param>
    /// <param name="threads">Threads of a rank; 0 for one for each core.</param>
    public static RankCosts Step(RankGroup ranks, VaeSpec model, Objective objective, long batch, int threads)
    {
        var many = (int)Math.Clamp(batch, Few + 1, Many);
        using var steps = new StepTimes(model, objective, many);
        double[] alone = [], few = [], updates = [];
        if (ranks.Rank == 0)
        {
            using var small = new StepTimes(model, objective, Few);
            (few, alone, updates) = (small.Of(MinSteps), steps.Of(Steps(steps.Of(1)[0])), steps.OfUpdates(MinSteps));
        }
        var count = ranks.Agreed(alone.Length);
        var slots = Math.Max(1, Environment.ProcessorCount / Math.Max(1, threads == 0 ? Environment.ProcessorCount : threads));
        var together = ranks.Count > 1 ? ranks.Gathered<double>(steps.Of(count))
            : slots > 1 ? AtOnce(slots, count, model, objective, many, threads) : alone;
        if (ranks.Rank > 0)
            return new(0, 0, 0, 0);
        var (small16, all) = (few.Average(), alone.Average());
        var example = Math.Max(0, (all - small16) / (many - Few));
        var shared = together.Average() / all / Math.Max(1, ranks.Count / (double)slots);
        // Of fewer ranks than slots, each other one makes the same difference.
        var scale = ranks.Count > 1 && ranks.Count < slots ? (slots - 1.0) / (ranks.Count - 1) : 1;
        var host = new HostCosts(slots, 1 + scale * Math.Max(0, shared - 1), ranks.Count > 1 && !ranks.Sleeps ? Turn() : 0,
            ValueList.From(together.Order().Select(time => time / together.Average())));
        return new(Math.Max(0, small16 - Few * example), example, 0, 0) { UpdateSeconds = updates.Average(), Host = host };
    }

    /// <summary>α and β of an exchange between ranks; between two of this machine by TCP if there is one only.</summary>
    /// <param name="ranks">The ranks; all of them make this call.</param>
    /// <param name="parameters">Number of trained values of the model.</param>
    public static (double Latency, double Byte) Exchange(RankGroup ranks, long parameters) =>
        ranks.Count > 1 ? Between(ranks, parameters) : Loopback(parameters);

    private static int Steps(double seconds) => (int)Math.Clamp(Patience / seconds, MinSteps, MaxSteps);

    private static double[] AtOnce(int slots, int count, VaeSpec model, Objective objective, int batch, int threads)
    {
        using var ready = new Barrier(slots);
        return [.. Threads(slots, _ =>
        {
            Devices.UseThreads(threads);
            using var steps = Made();
            ready.SignalAndWait();
            return steps.Of(count);
        }).SelectMany(times => times)];

        StepTimes Made()
        {
            try
            {
                return new(model, objective, batch);
            }
            catch
            {
                // One for which there is no memory keeps no other waiting.
                ready.RemoveParticipant();
                throw;
            }
        }
    }

    // What a thread sees of its core while twice as many threads as cores compute: gaps in its clock.
    private static double Turn()
    {
        var gaps = Threads(2 * Environment.ProcessorCount, _ =>
        {
            var (found, start) = (new List<double>(), Stopwatch.GetTimestamp());
            for (var last = start; Stopwatch.GetElapsedTime(start).TotalSeconds < TurnSeconds;)
            {
                var now = Stopwatch.GetTimestamp();
                if (Stopwatch.GetElapsedTime(last, now).TotalSeconds > ShortestTurn)
                    found.Add(Stopwatch.GetElapsedTime(last, now).TotalSeconds);
                last = now;
            }
            return found;
        }).SelectMany(found => found).ToList();
        return gaps.Count == 0 ? 0 : gaps.Average();
    }

    private static T[] Threads<T>(int count, Func<int, T> run) => [.. Enumerable.Range(0, count)
        .Select(i => Task.Factory.StartNew(() => run(i), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))
        .ToArray().Select(task => task.GetAwaiter().GetResult())];

    private static (double, double) Between(RankGroup ranks, long parameters)
    {
        double few = Exchanged(ranks, 1), all = Exchanged(ranks, parameters);
        var (others, bytes) = (ranks.Count - 1.0, (double)sizeof(float) * parameters);
        var latency = few / (2 * others);
        return (latency, Math.Max(0, all - few) / (2 * others / ranks.Count * bytes));
    }

    private static (double, double) Loopback(long parameters)
    {
        using var free = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        free.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)free.LocalEndPoint!).Port;
        free.Close();
        return Threads(2, rank =>
        {
            using var ranks = Ranks.Tcp("127.0.0.1", port, rank, 2);
            return Between(ranks, parameters);
        })[0];
    }

    private static double Exchanged(RankGroup ranks, long length)
    {
        using var scope = NewDisposeScope();
        using var sum = new FixedOrderSum(ranks, length, CPU);
        var values = zeros(sum.Padded);
        sum.Sum(values);
        return Enumerable.Range(0, Exchanges).Select(_ => StepTimes.Timed(() => sum.Sum(values))).Order().ElementAt(Exchanges / 2);
    }
}
