using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>Sums the loss terms of measured steps on the device, where they are read only on request.</summary>
internal sealed class LossSums : IDisposable
{
    private long examples;

    public LossSums(Device device)
    {
        using var scope = NewDisposeScope();
        Values = zeros(3, ScalarType.Float64, device).DetachFromDisposeScope();
        Loss = Values[0].DetachFromDisposeScope();
        Reconstruction = Values[1].DetachFromDisposeScope();
        Kl = Values[2].DetachFromDisposeScope();
    }

    /// <summary>Loss, reconstruction and KL; [3], float64.</summary>
    public Tensor Values { get; }

    /// <summary>The first of <see cref="Values"/>; [].</summary>
    public Tensor Loss { get; }

    /// <summary>The second of <see cref="Values"/>; [].</summary>
    public Tensor Reconstruction { get; }

    /// <summary>The third of <see cref="Values"/>; [].</summary>
    public Tensor Kl { get; }

    /// <summary>Counts the examples whose terms have been added.</summary>
    public void Count(long more) => examples += more;

    /// <summary>Resets the sums.</summary>
    public void Reset()
    {
        Values.zero_();
        examples = 0;
    }

    /// <summary>Returns and resets the sums.</summary>
    public StepTotals Collect()
    {
        var totals = Values.ToDoubles();
        var counted = examples;
        Reset();
        return new(totals[0], totals[1], totals[2], counted);
    }

    public void Dispose()
    {
        foreach (var tensor in (Tensor[])[Loss, Reconstruction, Kl, Values])
            tensor.Dispose();
    }
}
