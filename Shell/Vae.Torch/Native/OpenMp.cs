using System.Runtime.InteropServices;

namespace Vae.Torch;

/// <summary>How the threads of libtorch wait for each other.</summary>
internal static partial class OpenMp
{
    // By default they spin for milliseconds: on a machine whose cores are not all free, a spinning thread keeps the one it
    // waits for from running, and 30 times fewer images a second were seen. Threads that sleep at once must be woken for every
    // operation: half of the images a second of a small model, on free cores. Some tens of microseconds bridge the time between two
    // operations, and cost little where nothing comes. OpenMP reads this when it is loaded, not later.
    private const string Policy = "OMP_WAIT_POLICY", Spins = "GOMP_SPINCOUNT", Few = "3000";

    /// <summary>Lets waiting threads spin for a moment and then sleep, unless the user has said how they wait. Before OpenMP is loaded.</summary>
    public static void LetThreadsSleep()
    {
        if (Environment.GetEnvironmentVariable(Policy) is null && Environment.GetEnvironmentVariable(Spins) is null)
            // The runtime keeps its own copy of the environment; native libraries read libc's.
            _ = SetVariable(Spins, Few, overwrite: 0);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
