using System.Globalization;

namespace Vae.Torch;

/// <summary>What a launcher says in environment variables of a process that it starts.</summary>
/// <param name="Rank">The number of the process, from 0.</param>
/// <param name="Count">Number of processes.</param>
/// <param name="LocalRank">The number of the process on its machine, from 0.</param>
/// <param name="Launcher">Name of the launcher, for messages.</param>
internal sealed record LauncherVariables(int Rank, int Count, int LocalRank, string Launcher)
{
    // In Slurm, the variables of a step are those of srun; an array job or a batch script without srun has none.
    private static readonly (string Launcher, string Rank, string Count, string Local)[] Known =
    [
        ("vae", "VAE_RANK", "VAE_RANKS", "VAE_LOCAL_RANK"),
        ("Open MPI", "OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_LOCAL_RANK"),
        ("MPICH", "PMI_RANK", "PMI_SIZE", "MPI_LOCALRANKID"),
        ("Slurm", "SLURM_PROCID", "SLURM_STEP_NUM_TASKS", "SLURM_LOCALID"),
        ("torchrun", "RANK", "WORLD_SIZE", "LOCAL_RANK"),
    ];

    /// <summary>The variables of the launcher that started this process; null if none did.</summary>
    /// <param name="variable">The value of an environment variable; null if it is not set.</param>
    public static LauncherVariables? Find(Func<string, string?> variable)
    {
        int? Number(string name) =>
            int.TryParse(variable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        foreach (var (launcher, rank, count, local) in Known)
            if (Number(rank) is { } own && Number(count) is { } all && own < all)
                return new(own, all, Number(local) ?? own, launcher);
        return null;
    }

    /// <summary>Whether the launcher is one of MPI.</summary>
    public bool IsMpi => Launcher is "Open MPI" or "MPICH" or "Slurm";
}
