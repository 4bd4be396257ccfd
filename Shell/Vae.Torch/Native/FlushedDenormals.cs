using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>
/// Numbers too small for full precision (float32: below 1.2e-38) are taken as 0 by this thread and those that help it, until it
/// is disposed by the same thread. Training makes many: moments of weights whose gradient vanishes decay to them, and a
/// processor takes a hundred times as long over one. Where it is not known how, nothing is done.
/// </summary>
internal sealed unsafe partial class FlushedDenormals : IDisposable
{
    // glibc's and musl's fenv_t on x64: 28 bytes of the x87's, then MXCSR, in which these flush results and operands.
    private const int Bytes = 32, MxcsrAt = 7;
    private const uint FlushBoth = 0x8040;

    // OpenMP's own way to run a function of one pointer on all of its threads, and C's to set how a thread computes.
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

    /// <summary>Whether it can be done here.</summary>
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
