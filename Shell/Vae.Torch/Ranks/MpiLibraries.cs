using System.Runtime.InteropServices;

namespace Vae.Torch;

/// <summary>How an MPI library names its communicator and its type of bytes.</summary>
internal enum MpiAbi
{
    /// <summary>Open MPI: a handle is the address of a symbol.</summary>
    OpenMpi,
    /// <summary>MPICH and those that share its ABI (Intel MPI, Cray MPICH, MVAPICH): a handle is an int.</summary>
    Mpich,
    /// <summary>The standard ABI of MPI 5: a handle is a small constant.</summary>
    Standard,
}

/// <summary>A loaded MPI library.</summary>
internal sealed record MpiLibrary(string Name, nint Handle, MpiAbi Abi);

/// <summary>Finds the MPI library that belongs to the launcher of this process.</summary>
internal static class MpiLibraries
{
    private static readonly string[] Standard = ["libmpi_abi.so.1", "libmpi_abi.so.0"];
    private static readonly string[] OpenMpi = ["libmpi.so.40"];
    private static readonly string[] Mpich = ["libmpich.so.12", "libmpi.so.12"];

    /// <summary>The names to try, in order: those of the launcher's own library only, since another knows nothing of its processes.</summary>
    /// <param name="asked">A name or path; empty for the launcher's.</param>
    /// <param name="variable">The value of an environment variable; null if it is not set.</param>
    public static ValueList<string> Names(string asked, Func<string, string?> variable) =>
        asked.Length > 0 ? [asked]
        : variable("OMPI_COMM_WORLD_SIZE") is not null ? [.. OpenMpi, .. Standard]
        : variable("PMI_SIZE") is not null ? [.. Standard, .. Mpich]
        : [.. Standard, .. OpenMpi, .. Mpich];

    /// <summary>Loads the library.</summary>
    /// <exception cref="VaeException">None of the names can be loaded.</exception>
    public static MpiLibrary Load(string asked, Func<string, string?> variable) => Find(asked, variable)
        ?? throw new VaeException($"ranks: mpi needs an MPI library (as Debian's package openmpi-bin brings one), looked for "
            + $"{string.Join(", ", Names(asked, variable))}, got none (or use RunOptions.Ranks=tcp:HOST:PORT)");

    /// <summary>Loads the library; null if there is none.</summary>
    public static MpiLibrary? Find(string asked, Func<string, string?> variable)
    {
        foreach (var name in Names(asked, variable))
            if (NativeLibrary.TryLoad(name, out var handle))
                return new(name, handle, Abi(name, handle));
        return null;
    }

    /// <summary>The library and its version in one line, for display; it is not initialized.</summary>
    public static string Describe(Func<string, string?> variable)
    {
        if (Find("", variable) is not { } library)
            return "none";
        return $"{library.Name}: {MpiRanks.Version(library)}";
    }

    private static MpiAbi Abi(string name, nint handle) =>
        name.Contains("mpi_abi", StringComparison.Ordinal) ? MpiAbi.Standard
        : NativeLibrary.TryGetExport(handle, "ompi_mpi_comm_world", out _) ? MpiAbi.OpenMpi : MpiAbi.Mpich;
}
