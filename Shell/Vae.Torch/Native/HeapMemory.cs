using System.Runtime.InteropServices;

namespace Vae.Torch;

/// <summary>How memory goes back to the system.</summary>
internal static partial class HeapMemory
{
    // By default libc maps large blocks afresh, or returns what is free at the end of the heap, and the system clears every
    // page again for the next step: a sixth of the images a second of a convolutional model.
    private const int TrimThreshold = -1, MapThreshold = -3;
    private const int KeptBytes = 512 << 20, MaxMapped = 32 << 20;

    private static readonly string[] Settings = ["MALLOC_TRIM_THRESHOLD_", "MALLOC_MMAP_THRESHOLD_", "GLIBC_TUNABLES"];

    /// <summary>Lets libc keep what a step has freed for the next one, unless the user has said what it keeps; nothing where libc has no such setting.</summary>
    public static void KeepForTheNextStep()
    {
        if (Settings.Any(name => Environment.GetEnvironmentVariable(name) is not null) || !NativeLibrary.TryLoad("libc.so.6", out var libc) || !NativeLibrary.TryGetExport(libc, "mallopt", out _))
            return;
        _ = SetOption(TrimThreshold, KeptBytes);
        _ = SetOption(MapThreshold, MaxMapped);
    }

    [LibraryImport("libc.so.6", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);
}
