using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>
/// Flushes denormal numbers (float32: below 1.2e-38) to 0 in this thread and its OpenMP threads, until the same thread disposes
/// it. Training produces many, since the moments of weights whose gradient vanishes decay to them, and a processor takes a
/// hundred times as long for each. Without effect on other systems than Linux on x64.
/// </summary>
internal sealed unsafe partial class FlushedDenormals : IDisposable
{
    // fenv_t of glibc and musl on x64: 28 bytes of x87 state, then MXCSR, whose bits FTZ and DAZ flush results and operands.
    private const int Bytes = 32, MxcsrAt = 7;
    private const uint FlushBoth = 0x8040;

    // GOMP_parallel runs a function of one pointer on all OpenMP threads; fesetenv sets a thread's floating-point environment.
    private static readonly nint Parallel, SetEnvironment;

    private readonly uint* before;

    static FlushedDenormals()
    {
        TorchRuntime.Load();
        Exists = OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64
            && NativeLibrary.TryLoad("libtorch_cpu.so", out var torch) && NativeLibrary.TryGetExport(torch, "GOMP_parallel", out Parallel)
            && NativeLibrary.TryLoad("libm.so.6", out var math) && NativeLibrary.TryGetExport(math, "fesetenv", out SetEnvironment);
    }

    public FlushedDenormals()
    {
        if (!Exists)
            return;
        before = (uint*)NativeMemory.Alloc(Bytes);
        _ = GetEnvironment(before);
        var during = stackalloc uint[Bytes / sizeof(uint)];
        NativeMemory.Copy(before, during, Bytes);
        during[MxcsrAt] |= FlushBoth;
        OnAllThreads(during);
    }

    /// <summary>Whether this system supports it.</summary>
    public static bool Exists { get; }

    public void Dispose()
    {
        if (!Exists)
            return;
        OnAllThreads(before);
        NativeMemory.Free(before);
    }

    private static void OnAllThreads(uint* environment) =>
        ((delegate* unmanaged<nint, uint*, uint, uint, void>)Parallel)(SetEnvironment, environment, (uint)get_num_threads(), 0);

    [LibraryImport("libm.so.6", EntryPoint = "fegetenv")]
    private static partial int GetEnvironment(uint* into);
}
