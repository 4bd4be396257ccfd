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
