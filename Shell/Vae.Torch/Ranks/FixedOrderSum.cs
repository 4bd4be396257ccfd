using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>
/// The sum over ranks of a buffer of floats, whose bits depend on the summands and their order only: ranks exchange bytes, and each adds
/// its part of all summands as a balanced tree. Libraries add in orders of their own, which differ with the number of ranks. Moves
/// 2·(R − 1)/R of the buffer in each direction, the least for a sum over R ranks.
/// </summary>
internal sealed class FixedOrderSum : IDisposable
{
    // Parts are whole cache lines.
    private const long Line = 16;

    private readonly RankGroup ranks;
    private readonly Tensor received;
    private readonly Tensor? host;
    private readonly long part;

    /// <summary>Creates the sum of buffers of a length.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="length">Number of floats.</param>
    /// <param name="device">Where the buffers lie.</param>
    public FixedOrderSum(RankGroup ranks, long length, Device device)
    {
        this.ranks = ranks;
        part = (length + Line * ranks.Count - 1) / (Line * ranks.Count) * Line;
        VaeException.Require(part * sizeof(float) <= int.MaxValue, "ranks",
            "must be enough that each sums at most 2 GiB of gradients", $"{part * sizeof(float)} bytes");
        using var scope = NewDisposeScope();
        var isStaged = device.type != DeviceType.CPU && !ranks.IsOnDevice;
        received = zeros([ranks.Count == 1 ? 0 : ranks.Count, part], ScalarType.Float32, isStaged ? CPU : device).DetachFromDisposeScope();
        Own = (ranks.Count == 1 ? received : received[0]).DetachFromDisposeScope();
        host = isStaged ? zeros(Padded, ScalarType.Float32, CPU).DetachFromDisposeScope() : null;
    }

    /// <summary>Number of floats that a buffer must have: the length rounded up. Those beyond the length are 0.</summary>
    public long Padded => part * ranks.Count;

    /// <summary>Number of ranks.</summary>
    public int Ranks => ranks.Count;

    /// <summary>Whether buffers are copied to the host to be moved.</summary>
    public bool IsStaged => host is not null;

    /// <summary>This rank's part of the last sum; it begins at the rank times its length, and has values beyond the end of the last.</summary>
    public Tensor Own { get; }

    /// <summary>Replaces the values of every rank by their sum.</summary>
    /// <param name="values">float32 [<see cref="Padded"/>], contiguous.</param>
    public void Sum(Tensor values)
    {
        if (ranks.Count == 1)
            return;
        using var noGrad = no_grad();
        var moved = host?.copy_(values) ?? values;
        SumOwn(moved);
        Gather(Own, moved);
        if (host is not null)
            values.copy_(host);
    }

    /// <summary>Sums this rank's part of the values of all ranks into <see cref="Own"/>.</summary>
    /// <param name="values">float32 [<see cref="Padded"/>], contiguous.</param>
    public void SumOwn(Tensor values)
    {
        ranks.AllToAll(TensorData.Address(values), TensorData.Address(received), Bytes);
        AddRows(received);
    }

    /// <summary>Gathers the parts of all ranks.</summary>
    /// <param name="own">The part of this rank; as long as <see cref="Own"/>.</param>
    /// <param name="into">float32, contiguous, at least [<see cref="Padded"/>].</param>
    public void Gather(Tensor own, Tensor into) => ranks.AllGather(TensorData.Address(own), TensorData.Address(into), Bytes);

    /// <summary>
    /// Adds the rows of [N, P] into the first, ((0 + 1) + (2 + 3)) + …; the others are overwritten. 2ᵏ consecutive rows, the first a
    /// multiple of 2ᵏ, are a subtree: whoever adds them, the sum has the same bits.
    /// </summary>
    public static void AddRows(Tensor rows)
    {
        var count = rows.shape[0];
        for (var step = 1L; step < count; step *= 2)
            for (var i = 0L; i + step < count; i += 2 * step)
            {
                using var into = rows[i];
                using var from = rows[i + step];
                into.add_(from, Scalars.One);
            }
    }

    private int Bytes => checked((int)(part * sizeof(float)));

    public void Dispose()
    {
        Own.Dispose();
        received.Dispose();
        host?.Dispose();
    }
}
