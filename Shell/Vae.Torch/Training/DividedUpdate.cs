using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>
/// The update of the weights divided among ranks: each sums its part of the gradients, updates the same part of the weights, and
/// gathers those of the others. Optimizers and averages treat each value by itself, so the bits are those of one update, and the weights
/// move in place of the summed gradient. The moments of other ranks' parts are gathered on request.
/// </summary>
internal sealed class DividedUpdate : IDisposable
{
    private readonly RankGroup ranks;
    private readonly FixedOrderSum across;
    private readonly Weights weights;
    private readonly OptimizerState state;
    private readonly Fused optimizer;
    private readonly (Tensor Whole, Tensor Own)[] moments;
    private readonly Tensor own;
    private bool isCurrent, isGathered = true;

    /// <summary>Creates the update of this rank's part.</summary>
    /// <param name="ranks">The ranks, by which the bytes of the weights' device are moved.</param>
    /// <param name="across">The sum of gradients over the ranks.</param>
    /// <param name="weights">The weights, whose room holds as many values as ranks exchange.</param>
    /// <param name="state">The optimizer's buffers.</param>
    /// <param name="train">Optimizer and average, without clipping.</param>
    public DividedUpdate(RankGroup ranks, FixedOrderSum across, Weights weights, OptimizerState state, TrainSpec train)
    {
        (this.ranks, this.across, this.weights, this.state) = (ranks, across, weights, state);
        using var scope = NewDisposeScope();
        own = Part();
        moments = [(state.First, Part()), (state.Second, Part()), (state.Average, Part())];
        optimizer = new(train, state, new(own, across.Own, moments[0].Own, moments[1].Own, moments[2].Own));
    }

    /// <summary>Whether an update can be divided: the norm that clipping needs is that of the whole gradient.</summary>
    public static bool Covers(TrainSpec train, FixedOrderSum across, Weights weights) =>
        train.Clipping is Clipping.None && !across.IsStaged && across.Ranks > 1 && across.Padded <= weights.FlatRoom.numel();

    /// <summary>Updates the weights by the sum of the ranks' gradients.</summary>
    /// <param name="gradient">The gradient of this rank; [<see cref="FixedOrderSum.Padded"/>].</param>
    /// <param name="scale">A factor of the sum.</param>
    /// <param name="rate">The learning rate.</param>
    public void Step(Tensor gradient, double scale, double rate)
    {
        if (!isCurrent)
            Take();
        across.SumOwn(gradient);
        if (scale != 1)
            across.Own.mul_(Scalars.Get(scale));
        optimizer.Step(rate);
        across.Gather(own, weights.FlatRoom);
        isGathered = false;
    }

    /// <summary>Gathers the moments and the average of all parts; all ranks make this call.</summary>
    public void Gather()
    {
        if (isGathered)
            return;
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var room = zeros(across.Padded, ScalarType.Float32, weights.Device);
        foreach (var (whole, part) in moments)
        {
            across.Gather(part, room);
            whole.copy_(room.narrow(0, 0, whole.numel()));
        }
        isGathered = true;
    }

    public void Dispose()
    {
        optimizer.Dispose();
        own.Dispose();
        foreach (var (_, part) in moments)
            part.Dispose();
    }

    // At the first step: a checkpoint may have been loaded since this was created.
    private void Take()
    {
        foreach (var (whole, part) in moments.Append((weights.Flat, own)))
        {
            using var scope = NewDisposeScope();
            var first = ranks.Rank * part.numel();
            var count = Math.Clamp(whole.numel() - first, 0, part.numel());
            if (count > 0)
                part.narrow(0, 0, count).copy_(whole.narrow(0, first, count));
        }
        isCurrent = true;
    }

    private Tensor Part() => zeros(across.Own.numel(), ScalarType.Float32, weights.Device).DetachFromDisposeScope();
}
