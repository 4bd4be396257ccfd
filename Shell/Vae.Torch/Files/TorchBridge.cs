using System.Buffers;
using TorchSharp;

namespace Vae.Torch;

/// <summary>Converts torch tensors to and from entries of a safetensors file.</summary>
internal static class TorchBridge
{
    /// <summary>Copies the tensor's values, from any device and layout.</summary>
    public static SafeTensor ToEntry(string name, torch.Tensor tensor)
    {
        using var scope = torch.NewDisposeScope();
        var cpu = tensor.detach().cpu().contiguous();
        return new(name, Dtype(name, cpu.dtype), [.. cpu.shape], cpu.bytes.ToArray());
    }

    /// <summary>The tensor's values, not copied if contiguous on the CPU; valid while the caller's dispose scope is open.</summary>
    internal static SafeTensor View(string name, torch.Tensor tensor)
    {
        // A copy for every checkpoint would be a large array that is rarely collected: megabytes an epoch.
        var values = tensor.detach().cpu().contiguous();
        return new(name, Dtype(name, values.dtype), ValueList.From(values.shape), new TensorMemory(values).Memory);
    }

    /// <summary>A new tensor on the CPU, which the caller owns.</summary>
    public static torch.Tensor ToTensor(SafeTensor entry)
    {
        var tensor = torch.empty([.. entry.Shape], ScalarType(entry), torch.CPU);
        // An empty tensor has no storage to point at.
        if (entry.Data.Length > 0)
            entry.Data.Span.CopyTo(tensor.bytes);
        return tensor;
    }

    /// <summary>Copies the floating-point tensor of this name from a file that was read from <paramref name="path"/>.</summary>
    /// <exception cref="VaeException">The tensor is absent, has another shape or type, or a value is not finite.</exception>
    internal static void Load(SafeTensorFile file, string path, string name, torch.Tensor into)
    {
        using var scope = torch.NewDisposeScope();
        var entry = file.Tensors.FirstOrDefault(tensor => tensor.Name == name)
            ?? throw new VaeException($"{path}: must have the tensor {name}, got none");
        if (!entry.Shape.SequenceEqual(into.shape))
            throw new VaeException(
                $"{path}: {name} must have the shape [{string.Join(", ", into.shape)}], got [{string.Join(", ", entry.Shape)}]");
        var values = ToTensor(entry);
        if (!values.is_floating_point())
            throw new VaeException($"{path}: {name} must be F64, F32 or BF16, got {entry.Dtype}");
        // After the conversion: 1e300 is finite as F64 only.
        var converted = values.to_type(into.dtype);
        if (!converted.isfinite().all().ToBoolean())
            throw new VaeException($"{path}: {name} must have finite values only, got a NaN or an infinity");
        into.copy_(converted);
    }

    /// <summary>Copies a tensor as <see cref="Load"/> does; its values must be at least 0.</summary>
    /// <exception cref="VaeException">As for <see cref="Load"/>, or a value is negative.</exception>
    internal static void LoadNonNegative(SafeTensorFile file, string path, string name, torch.Tensor into)
    {
        Load(file, path, name, into);
        using var scope = torch.NewDisposeScope();
        if (into.lt(torch.zeros_like(into)).any().ToBoolean())
            throw new VaeException($"{path}: {name} must have no negative value, got one");
    }

    private static string Dtype(string name, torch.ScalarType type) => type switch
    {
        torch.ScalarType.Float64 => "F64",
        torch.ScalarType.Float32 => "F32",
        torch.ScalarType.BFloat16 => "BF16",
        torch.ScalarType.Int64 => "I64",
        torch.ScalarType.Byte => "U8",
        _ => throw new VaeException($"{name}.dtype: must be float64, float32, bfloat16, int64 or uint8, got {type}"),
    };

    private static torch.ScalarType ScalarType(SafeTensor entry) => entry.Dtype switch
    {
        "F64" => torch.ScalarType.Float64,
        "F32" => torch.ScalarType.Float32,
        "BF16" => torch.ScalarType.BFloat16,
        "I64" => torch.ScalarType.Int64,
        "U8" => torch.ScalarType.Byte,
        _ => throw new VaeException($"{entry.Name}.dtype: must be F64, F32, BF16, I64 or U8, got {entry.Dtype}"),
    };

    /// <summary>The native memory of a CPU tensor; the tensor must outlive it.</summary>
    private sealed class TensorMemory(torch.Tensor tensor) : MemoryManager<byte>
    {
        public override Span<byte> GetSpan() => tensor.NumberOfElements == 0 ? [] : tensor.bytes;

        public override unsafe MemoryHandle Pin(int elementIndex = 0)
        {
            fixed (byte* start = GetSpan())
                return new(start + elementIndex);
        }

        public override void Unpin() { }

        protected override void Dispose(bool disposing) { }
    }
}
