using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>How a training step is computed.</summary>
public enum StepRoute
{
    /// <summary>Compiled where the model is covered, on the CPU and on CUDA; else autograd.</summary>
    Auto,
    /// <summary>By a program made from the spec.</summary>
    Compiled,
    /// <summary>By autograd.</summary>
    Autograd,
}

/// <summary>How products are computed; weights, gradients and all else are float32.</summary>
public enum Precision
{
    /// <summary>As the run began; float32 for a new one.</summary>
    Auto,
    /// <summary>In float32.</summary>
    Float32,
    /// <summary>Of factors and results rounded to bfloat16, 8 bits of precision: faster where the processor multiplies those.</summary>
    BFloat16,
    /// <summary>Of factors rounded to 11 bits of precision, TensorFloat-32, convolutions too: what NVIDIA GPUs since Ampere are fast at.</summary>
    TensorFloat32,
}

/// <summary>Where and how a run happens; no part of the experiment.</summary>
/// <param name="Out">The run folder: new or empty, or with <paramref name="Resume"/> one that exists.</param>
/// <param name="Resume">Whether to go on where the folder's checkpoint stands.</param>
/// <param name="Device"><c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>.</param>
/// <param name="Threads">Of the CPU; 0 leaves it to torch.</param>
/// <param name="Route">How a step is computed.</param>
/// <param name="Products">How float32 matrix products are computed on the CPU: a name of <see cref="MatrixProducts.Names"/>.</param>
/// <param name="Precision">Of products: bfloat16 in the linear layers of the compiled step, TensorFloat-32 on CUDA.</param>
public sealed record RunOptions(
    string Out, bool Resume = false, string Device = "cpu", int Threads = 0, StepRoute Route = StepRoute.Auto, string Products = "auto",
    Precision Precision = Precision.Auto);

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
