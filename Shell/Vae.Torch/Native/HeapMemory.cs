using System.Runtime.InteropServices;

namespace Vae.Torch;

/// <summary>Sets how libc returns freed memory to the system.</summary>
internal static partial class HeapMemory
{
    // By default libc maps every large block again and returns free memory at the end of the heap, and the system clears every
    // page again for the next step: that costs a convolutional model a sixth of its images per second.
    private const int TrimThreshold = -1, MapThreshold = -3;
    private const int KeptBytes = 512 << 20, MaxMapped = 32 << 20;

    private static readonly string[] Settings = ["MALLOC_TRIM_THRESHOLD_", "MALLOC_MMAP_THRESHOLD_", "GLIBC_TUNABLES"];

    /// <summary>
    /// Lets libc keep the memory that a step frees for the next step. Without effect if the user has set one of
    /// <see cref="Settings"/> or libc has no such option.
    /// </summary>
    public static void KeepForTheNextStep()
    {
        if (Settings.Any(name => Environment.GetEnvironmentVariable(name) is not null)
            || !NativeLibrary.TryLoad("libc.so.6", out var libc) || !NativeLibrary.TryGetExport(libc, "mallopt", out _))
            return;
        _ = SetOption(TrimThreshold, KeptBytes);
        _ = SetOption(MapThreshold, MaxMapped);
    }

    /// <summary>
    /// Returns free memory to the system, as after a run: what was kept for the next step would stay with the process. Without effect
    /// if libc cannot.
    /// </summary>
    public static void Return()
    {
        if (OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libc.so.6", out var libc)
            && NativeLibrary.TryGetExport(libc, "malloc_trim", out _))
            _ = Trim(0);
    }

    [LibraryImport("libc.so.6", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint kept);

    [LibraryImport("libc.so.6", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);
}
