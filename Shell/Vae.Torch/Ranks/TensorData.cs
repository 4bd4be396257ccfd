using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>Addresses of tensors' values, on any device; TorchSharp has those of the CPU only.</summary>
internal static partial class TensorData
{
    /// <summary>The address of the first value of a contiguous tensor, valid while the caller keeps it alive.</summary>
    public static nint Address(Tensor tensor) => Data(tensor.Handle);

    [LibraryImport("LibTorchSharp", EntryPoint = "THSTensor_data")]
    private static partial nint Data(nint tensor);
}
