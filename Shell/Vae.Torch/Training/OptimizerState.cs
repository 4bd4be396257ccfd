using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>The buffers of the optimizer; every implementation of the training step leaves the same values in them.</summary>
internal sealed class OptimizerState : IDisposable
{
    public OptimizerState(Weights weights)
    {
        using var scope = NewDisposeScope();
        First = zeros_like(weights.Flat);
        Second = zeros_like(weights.Flat);
        Average = weights.Flat.clone();
        Steps = zeros([], ScalarType.Float32, weights.Device);
        Skipped = zeros([], ScalarType.Float64, weights.Device);
        // On the host whatever the device: the optimizer reads it without waiting, and a rate on CUDA would have to be float32.
        Rate = zeros([], ScalarType.Float64, CPU);
        // Until here, the scope disposes them if memory runs out.
        foreach (var tensor in All)
            tensor.DetachFromDisposeScope();
    }

    /// <summary>The first moment of the gradient, or the momentum; [P].</summary>
    public Tensor First { get; }

    /// <summary>The second moment; [P].</summary>
    public Tensor Second { get; }

    /// <summary>The moving average of the weights; [P].</summary>
    public Tensor Average { get; }

    /// <summary>Number of steps taken; [].</summary>
    public Tensor Steps { get; }

    /// <summary>Number of steps skipped since the last reset; [], float64.</summary>
    public Tensor Skipped { get; }

    /// <summary>Returns and resets the skipped-step count.</summary>
    public long TakeSkipped()
    {
        var count = (long)Skipped.ToDoubles()[0];
        Skipped.zero_();
        return count;
    }

    /// <summary>The learning rate of the next step; [], float64, on the CPU.</summary>
    public Tensor Rate { get; }

    /// <summary>Whether moments and average are finite.</summary>
    public bool AreFinite
    {
        get
        {
            using var scope = NewDisposeScope();
            return ((Tensor[])[First, Second, Average]).All(buffer => buffer.isfinite().all().ToBoolean());
        }
    }

    /// <summary>
    /// What a resumed run needs, as entries of a file named <c>prefix.first</c> and so on. Valid while the caller's dispose scope is open.
    /// </summary>
    public IEnumerable<SafeTensor> Entries(string prefix) => [
        TorchBridge.View($"{prefix}.first", First), TorchBridge.View($"{prefix}.second", Second),
        TorchBridge.View($"{prefix}.steps", Steps), TorchBridge.View($"{prefix}.average", Average)];

    /// <summary>Copies the buffers from the entries of a file.</summary>
    /// <exception cref="VaeException">An entry is missing or malformed, or a value is not finite or has an impossible sign.</exception>
    public void Load(SafeTensorFile file, string path, string prefix)
    {
        TorchBridge.Load(file, path, $"{prefix}.first", First);
        TorchBridge.LoadNonNegative(file, path, $"{prefix}.second", Second);
        TorchBridge.LoadNonNegative(file, path, $"{prefix}.steps", Steps);
        TorchBridge.Load(file, path, $"{prefix}.average", Average);
    }

    /// <summary>Calls a function while the weights are replaced by their average.</summary>
    public T WithAverage<T>(Weights weights, Func<T> use)
    {
        using var noGrad = no_grad();
        using var current = weights.Flat.clone();
        weights.Flat.copy_(Average);
        try
        {
            return use();
        }
        finally
        {
            weights.Flat.copy_(current);
        }
    }

    public void Dispose()
    {
        foreach (var tensor in All)
            tensor.Dispose();
    }

    private Tensor[] All => [First, Second, Average, Steps, Skipped, Rate];
}
