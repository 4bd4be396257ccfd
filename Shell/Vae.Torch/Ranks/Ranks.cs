using System.Globalization;

namespace Vae.Torch;

/// <summary>Groups of processes that compute a run together.</summary>
public static class Ranks
{
    /// <summary>One process.</summary>
    public static RankGroup Single { get; } = new SingleRank();

    /// <summary>The processes that <c>mpirun</c> or <c>srun</c> has started. Create it once in a process.</summary>
    /// <param name="library">Name or path of the MPI library; that of the launcher if empty.</param>
    /// <exception cref="VaeException">There is no MPI library, or it does not know the launcher's processes.</exception>
    /// <example>
    /// <code>
    /// using var ranks = Ranks.Mpi();
    /// var result = Trainer.Train(experiment, data, new("runs/conv") { Ranks = ranks });
    /// </code>
    /// </example>
    public static RankGroup Mpi(string library = "")
    {
        var ranks = new MpiRanks(MpiLibraries.Load(library, Environment.GetEnvironmentVariable));
        if (Launched is not { IsMpi: true } launched || launched.Count == ranks.Count)
            return ranks;
        var (count, name) = (ranks.Count, ranks.Name);
        ranks.Dispose();
        throw new VaeException($"ranks: must be the {launched.Count} processes that {launched.Launcher} has started, "
            + $"got {count} by {name} (start them by this library's mpirun, or by srun --mpi=pmix or pmi2)");
    }

    /// <summary>Processes connected by TCP, for machines without MPI. The network must be trusted: nothing is encrypted.</summary>
    /// <param name="host">Name or address of the machine of rank 0.</param>
    /// <param name="port">The port at which rank 0 listens; 1 … 65535.</param>
    /// <param name="rank">The number of this process, from 0.</param>
    /// <param name="count">Number of processes; at least 1.</param>
    /// <exception cref="VaeException">A number is out of range, or not all ranks came within a minute.</exception>
    public static RankGroup Tcp(string host, int port, int rank, int count) => new TcpRanks(TcpMeeting.Connect(host, port, rank, count));

    /// <summary>A group by its text; one process for an empty text.</summary>
    /// <param name="text">
    /// <c>auto</c> (MPI if started by its launcher), <c>none</c>, <c>mpi</c>, <c>mpi:LIBRARY</c> or <c>tcp:HOST:PORT</c>, which takes rank and
    /// count from VAE_RANK and VAE_RANKS or from a launcher's variables.
    /// </param>
    /// <exception cref="VaeException">The text does not parse, or the group cannot be created.</exception>
    public static RankGroup Parse(string text) => text switch
    {
        "" or "none" => Single,
        "auto" => Launched is { IsMpi: true, Count: > 1 } ? Mpi() : Single,
        "mpi" => Mpi(),
        _ when text.StartsWith("mpi:", StringComparison.Ordinal) => Mpi(text[4..]),
        _ when text.StartsWith("tcp:", StringComparison.Ordinal) => Tcp(text),
        _ => throw new VaeException($"ranks: must be auto, none, mpi, mpi:LIBRARY or tcp:HOST:PORT, got {text}"),
    };

    /// <summary>What the launcher of this process says of it; null if it was not started by one.</summary>
    internal static LauncherVariables? Launched => LauncherVariables.Find(Environment.GetEnvironmentVariable);

    private static RankGroup Tcp(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon <= 4 || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            throw new VaeException($"ranks: must be tcp:HOST:PORT, as tcp:node1:29500, got {text}");
        var own = Launched ?? throw new VaeException(
            "ranks: tcp needs the number of this process and their count in VAE_RANK and VAE_RANKS (or SLURM_PROCID and "
            + "SLURM_STEP_NUM_TASKS, RANK and WORLD_SIZE), got neither");
        return Tcp(text[4..colon].Trim('[', ']'), port, own.Rank, own.Count);
    }
}
