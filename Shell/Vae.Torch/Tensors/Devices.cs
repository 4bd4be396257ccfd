using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>Devices by name.</summary>
public static class Devices
{
    /// <summary>The device of a name; <see cref="VaeException"/> where there is none, saying what to do.</summary>
    public static Device Find(string name)
    {
        TorchRuntime.Load();
        var known = name is "cpu" or "cuda" || (name.StartsWith("cuda:", StringComparison.Ordinal) && int.TryParse(name.AsSpan(5), out var place) && place >= 0);
        if (!known)
            throw new VaeException($"device: must be cpu, cuda or cuda:N, got {name}");
        if (name == "cpu")
            return CPU;
        if (!cuda.is_available())
            throw new VaeException($"device: {name} needs an NVIDIA GPU and the CUDA backend (build with -p:TorchBackend=cuda-linux or cuda-windows, or add that TorchSharp package), got none");
        return device(name);
    }

    /// <summary>Whether products and convolutions on CUDA may round to TensorFloat-32; libtorch lets convolutions unless told otherwise. Nothing on other devices.</summary>
    internal static void PermitTensorFloat32(Device device, bool permitted)
    {
        if (device.type == DeviceType.CUDA)
            (backends.cuda.matmul.allow_tf32, backends.cudnn.allow_tf32) = (permitted, permitted);
    }

    /// <summary>Sets the number of CPU threads; 0 leaves it as it is.</summary>
    public static void UseThreads(int threads)
    {
        if (threads < 0)
            throw new VaeException($"threads: must be at least 0, got {threads}");
        TorchRuntime.Load();
        if (threads > 0)
            set_num_threads(threads);
    }
}
