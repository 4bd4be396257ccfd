using System.Runtime.InteropServices;

namespace Vae.Torch;

/// <summary>
/// libtorch's setting for float32 matrix products, which TorchSharp does not expose: at::Context's float32Precision and
/// setFloat32Precision, found by their mangled C++ names.
/// </summary>
internal static unsafe class MatmulSwitch
{
    // at::Float32Backend::MKLDNN, at::Float32Op::MATMUL, at::Float32Precision::BF16 of libtorch 2.10.
    private const int OneDnn = 2, MatmulSetting = 3, BFloat16Permitted = 3;

    private static readonly nint Context, Setter, Getter;
    private static readonly int Initial;

    static MatmulSwitch()
    {
        if (!OperatingSystem.IsLinux() || !NativeLibrary.TryLoad("libtorch_cpu.so", out var library)
            || !NativeLibrary.TryGetExport(library, "_ZN2at13globalContextEv", out var context)
            || !NativeLibrary.TryGetExport(library, "_ZNK2at7Context16float32PrecisionENS_14Float32BackendENS_9Float32OpE", out Getter)
            || !NativeLibrary.TryGetExport(
                library, "_ZN2at7Context19setFloat32PrecisionENS_14Float32BackendENS_9Float32OpENS_16Float32PrecisionE", out Setter))
            return;
        Context = ((delegate* unmanaged<nint>)context)();
        Initial = Get();
        Exists = true;
    }

    /// <summary>Whether this libtorch has the setting.</summary>
    public static bool Exists { get; }

    /// <summary>Chooses whether oneDNN computes float32 products. Without effect if the setting does not exist.</summary>
    public static void Set(bool oneDnn)
    {
        if (Exists)
            ((delegate* unmanaged<nint, int, int, int, void>)Setter)(Context, OneDnn, MatmulSetting, oneDnn ? BFloat16Permitted : Initial);
    }

    /// <summary>Whether oneDNN computes float32 products.</summary>
    public static bool IsSet => Exists && Get() == BFloat16Permitted;

    private static int Get() => ((delegate* unmanaged<nint, int, int, int>)Getter)(Context, OneDnn, MatmulSetting);
}
