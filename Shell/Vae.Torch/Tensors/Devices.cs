using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>Finds devices by name and sets the number of CPU threads.</summary>
public static class Devices
{
    /// <summary>Finds a device by its name.</summary>
    /// <param name="name"><c>cpu</c>, <c>cuda</c> or <c>cuda:N</c> with N from 0.</param>
    /// <exception cref="VaeException">The name is unknown, or this machine has no such device; the message says what is needed.</exception>
    public static Device Find(string name)
    {
        TorchRuntime.Load();
        RequireDevice(name, () => cuda.is_available() ? cuda.device_count() : 0);
        return name == "cpu" ? CPU : device(name);
    }

    /// <summary>Throws unless a name is that of a device of a machine.</summary>
    /// <param name="name">The name.</param>
    /// <param name="gpus">Number of GPUs that CUDA can use; asked for a name of a GPU only.</param>
    internal static void RequireDevice(string name, Func<int> gpus)
    {
        var index = 0;
        var known = name is "cpu" or "cuda"
            || (name.StartsWith("cuda:", StringComparison.Ordinal) && int.TryParse(name.AsSpan(5), out index) && index >= 0);
        if (!known)
            throw new VaeException($"device: must be cpu, cuda or cuda:N, got {name}");
        if (name == "cpu")
            return;
        var count = gpus();
        if (count == 0)
            throw new VaeException($"device: {name} needs an NVIDIA GPU and the CUDA backend "
                + "(build with -p:TorchBackend=cuda-linux or cuda-windows, or add that TorchSharp package; cpu needs neither), got none");
        if (index >= count)
            throw new VaeException((count == 1 ? "device: must be cuda or cuda:0, the GPU"
                : $"device: must be one of cuda:0 to cuda:{count - 1}, the GPUs") + $" of this machine, got {name}");
    }

    /// <summary>
    /// Sets whether matrix products and convolutions on CUDA may round to TensorFloat-32; by default libtorch permits it for
    /// convolutions. Without effect on other devices.
    /// </summary>
    internal static void PermitTensorFloat32(Device device, bool permitted)
    {
        if (device.type == DeviceType.CUDA)
            (backends.cuda.matmul.allow_tf32, backends.cudnn.allow_tf32) = (permitted, permitted);
    }

    /// <summary>Sets the number of CPU threads of torch.</summary>
    /// <param name="threads">At least 1; 0 leaves the number as it is.</param>
    /// <exception cref="VaeException">The number is negative.</exception>
    public static void UseThreads(int threads)
    {
        if (threads < 0)
            throw new VaeException($"threads: must be at least 0, got {threads}");
        TorchRuntime.Load();
        if (threads > 0)
            set_num_threads(threads);
    }

    /// <summary>Calls with one CPU thread of torch: then the best time of several hardly depends on the load of the machine.</summary>
    internal static T OnOneThread<T>(Func<T> measure)
    {
        var threads = get_num_threads();
        set_num_threads(1);
        try
        {
            using var noGrad = no_grad();
            using var scope = NewDisposeScope();
            return measure();
        }
        finally
        {
            set_num_threads(threads);
        }
    }
}
