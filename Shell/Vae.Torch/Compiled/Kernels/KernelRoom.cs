using System.Runtime.CompilerServices;

namespace Vae.Torch;

/// <summary>Scratch of kernels, which a thread keeps.</summary>
internal static unsafe class KernelRoom
{
    private const int CacheLine = 64;

    [ThreadStatic]
    private static float[]? room;

    /// <summary>Scratch of this thread for a number of values or more, at the beginning of a cache line.</summary>
    public static float* Of(int values)
    {
        if (room is null || room.Length < values + CacheLine / sizeof(float))
            room = GC.AllocateUninitializedArray<float>(values + CacheLine / sizeof(float), pinned: true);
        return (float*)(((nint)Unsafe.AsPointer(ref room[0]) + CacheLine - 1) & -CacheLine);
    }
}
