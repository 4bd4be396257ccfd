using System.Runtime.InteropServices;

namespace Vae.Torch;

/// <summary>Sets how libtorch's OpenMP threads wait for each other.</summary>
internal static partial class OpenMp
{
    // By default they spin for milliseconds: on busy cores, a spinning thread keeps the thread that it waits for from running,
    // and throughput fell to a thirtieth. Threads that sleep at once must be woken for every operation, which halves the
    // throughput of a small model on free cores. Some tens of microseconds bridge the time between two operations and cost
    // little otherwise. OpenMP reads the variable when it is loaded, not later.
    private const string Policy = "OMP_WAIT_POLICY", Spins = "GOMP_SPINCOUNT", Few = "3000";

    /// <summary>
    /// Lets waiting threads spin briefly and then sleep, unless the user has set a policy. Call it before OpenMP is loaded.
    /// </summary>
    public static void LetThreadsSleep()
    {
        if (Environment.GetEnvironmentVariable(Policy) is null && Environment.GetEnvironmentVariable(Spins) is null)
            // The runtime keeps its own copy of the environment; native libraries read libc's.
            _ = SetVariable(Spins, Few, overwrite: 0);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
