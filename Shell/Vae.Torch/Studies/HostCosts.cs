namespace Vae.Torch;

/// <summary>What it costs that ranks compute on one machine at once.</summary>
/// <param name="Slots">Number of ranks that compute at once: cores divided by threads of a rank; at least 1.</param>
/// <param name="Contention">How many times as long a step takes while as many ranks as slots compute, by shared memory and caches.</param>
/// <param name="Turn">Time until a rank gets its core back from another; seconds, 0 where waiting ranks sleep.</param>
/// <param name="Times">Measured times of steps, all of the same size; ascending, in parts of their mean.</param>
internal sealed record HostCosts(int Slots, double Contention, double Turn, ValueList<double> Times)
{
    // The broadcast of rank 0, all-to-all and all-gather.
    private const int Meetings = 3;

    /// <summary>A machine with a core for each rank, whose steps all take the same time.</summary>
    public static HostCosts None { get; } = new(int.MaxValue, 1, 0, []);

    /// <summary>How many times as long it takes a number of ranks to compute on one machine: shared memory, and turns at its cores.</summary>
    /// <param name="ranks">Ranks on the machine; at least 1.</param>
    public double Slowdown(long ranks)
    {
        var others = Slots == 1 ? 0 : (Math.Min(ranks, Slots) - 1.0) / (Slots - 1.0);
        return (1 + (Contention - 1) * others) * Turns(ranks);
    }

    /// <summary>Time of a step in which ranks of one machine wait for those whose turn at a core it is; seconds.</summary>
    /// <param name="ranks">Ranks on the machine; at least 1.</param>
    public double Waiting(long ranks) => Meetings * (Turns(ranks) - 1) * Turn;

    /// <summary>
    /// The expected time of the slowest of R ranks, in parts of the mean: the greatest of R draws from n sorted times,
    /// Σᵢ tᵢ·((i/n)ᴿ − ((i − 1)/n)ᴿ).
    /// </summary>
    /// <param name="ranks">R; at least 1.</param>
    public double Slowest(long ranks)
    {
        double count = Times.Count;
        return Times.Count == 0 ? 1
            : Enumerable.Range(0, Times.Count).Sum(i => Times[i] * (Math.Pow((i + 1) / count, ranks) - Math.Pow(i / count, ranks)));
    }

    private double Turns(long ranks) => Math.Max(1, ranks / (double)Slots);
}
