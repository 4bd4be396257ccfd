using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

internal static class TensorExtensions
{
    /// <summary>Sets the value of a float64 tensor of one element, on the CPU without a Scalar.</summary>
    public static void Set(this Tensor tensor, double value)
    {
        if (tensor.device_type == DeviceType.CPU)
        {
            MemoryMarshal.Write(tensor.bytes, value);
            return;
        }
        // A copy from the host would wait for all pending work of the device.
        tensor.fill_(Scalars.Get(value));
    }

    /// <summary>The values as floats in row-major order, from any device and type.</summary>
    public static float[] ToFloats(this Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.detach().to(ScalarType.Float32).cpu().contiguous().data<float>().ToArray();
    }

    /// <summary>The values as doubles in row-major order, from any device and type.</summary>
    public static double[] ToDoubles(this Tensor tensor)
    {
        using var scope = NewDisposeScope();
        return tensor.detach().to(ScalarType.Float64).cpu().contiguous().data<double>().ToArray();
    }

    /// <summary>A float32 tensor with the values in row-major order; copied once.</summary>
    public static Tensor ToTensor(this float[] values, Device device, params long[] dims)
    {
        using var scope = NewDisposeScope();
        var host = empty(dims, ScalarType.Float32);
        if (values.Length > 0)
            MemoryMarshal.AsBytes(values.AsSpan()).CopyTo(host.bytes);
        return (device.type == DeviceType.CPU ? host : host.to(device)).MoveToOuterDisposeScope();
    }

    /// <summary>Repeats a whole batch: [B, ...] → [samples · B, ...].</summary>
    public static Tensor Repeat(this Tensor x, long samples) =>
        samples == 1 ? x : x.unsqueeze(0).expand([samples, .. x.shape]).reshape([samples * x.shape[0], .. x.shape[1..]]);
}
