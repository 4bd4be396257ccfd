using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>The buffers beside the weights that a step reads and writes; every interpretation of the step leaves the same in them.</summary>
internal sealed class OptimizerState : IDisposable
{
    public OptimizerState(Weights weights)
    {
        First = zeros_like(weights.Flat).DetachFromDisposeScope();
        Second = zeros_like(weights.Flat).DetachFromDisposeScope();
        Average = weights.Flat.clone().DetachFromDisposeScope();
        Steps = zeros([], ScalarType.Float32, weights.Device).DetachFromDisposeScope();
        Rate = zeros([], ScalarType.Float64, weights.Device).DetachFromDisposeScope();
    }

    /// <summary>The first moment of the gradient, or the momentum; [P].</summary>
    public Tensor First { get; }

    /// <summary>The second moment; [P].</summary>
    public Tensor Second { get; }

    /// <summary>The moving average of the weights; [P].</summary>
    public Tensor Average { get; }

    /// <summary>Steps taken; [].</summary>
    public Tensor Steps { get; }

    /// <summary>The learning rate of the coming step; [], float64.</summary>
    public Tensor Rate { get; }

    public void Dispose()
    {
        foreach (var tensor in new[] { First, Second, Average, Steps, Rate })
            tensor.Dispose();
    }
}
