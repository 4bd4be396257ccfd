using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>
/// A training step in shards, divided among ranks: each computes the gradients of its consecutive shards and adds them as the subtree that
/// they are, then the ranks add their subtrees. The result depends on the number of shards and not on that of ranks.
/// </summary>
internal sealed class ShardedStep : ITrainingStep
{
    private const int Terms = 3;

    private readonly IGradient gradient;
    private readonly OptimizerState state;
    private readonly TrainSpec train;
    private readonly RankGroup ranks, mover;
    private readonly Weights[] trained;
    private readonly Fused? optimizer;
    private readonly FixedOrderSum across;
    private readonly DividedUpdate? divided;
    private readonly Tensor rows, totals;
    private readonly bool isInPlace;
    private readonly long[] counts;
    private readonly int first;

    /// <summary>Creates the step of this rank.</summary>
    /// <param name="model">The model.</param>
    /// <param name="state">The optimizer's buffers.</param>
    /// <param name="gradient">The gradient of a shard; owned by this step.</param>
    /// <param name="train">Number of shards, optimizer, clipping and average.</param>
    /// <param name="ranks">The ranks.</param>
    public ShardedStep(VaeModel model, OptimizerState state, IGradient gradient, TrainSpec train, RankGroup ranks)
    {
        (this.state, this.gradient, this.train, this.ranks) = (state, gradient, train, ranks);
        ShardCounts.Require(train.Shards, ranks.Count);
        var own = train.Shards / ranks.Count;
        first = ranks.Rank * own;
        counts = new long[own];
        trained = [model.Weights, .. gradient.Auxiliaries.Select(network => network.Weights)];
        mover = RankDevices.ForGradients(ranks, model.Device);
        across = new(mover, trained.Sum(weights => weights.Gradient.numel()), model.Device);
        // The gradient of a single shard is summed where it lies: copies of it would cost as much as the optimizer.
        isInPlace = own == 1 && trained.Length == 1 && across.Padded <= model.Weights.GradientRoom.numel();
        divided = trained.Length == 1 && DividedUpdate.Covers(train, across, model.Weights)
            ? new(mover, across, model.Weights, state, train) : null;
        optimizer = divided is null ? new(model.Weights, state, train) : null;
        using var scope = NewDisposeScope();
        rows = (isInPlace ? model.Weights.GradientRoom.narrow(0, 0, across.Padded).view(1, -1)
            : zeros([own, across.Padded], ScalarType.Float32, model.Device)).DetachFromDisposeScope();
        totals = zeros([own, Terms], ScalarType.Float64, model.Device).DetachFromDisposeScope();
    }

    public IReadOnlyList<AuxiliaryNet> Auxiliaries => gradient.Auxiliaries;

    public void Run(Tensor x, Tensor? condition, StepInputs at) => Run(x.shape[0], at, shard =>
    {
        var (from, count) = shard.Rows(x.shape[0]);
        return (x.narrow(0, from, count), condition?.narrow(0, from, count));
    });

    public void Run(BatchSource batches, long place, StepInputs at) =>
        Run(batches.Count(place), at, shard => batches.At(place, Purpose.Binarize, at.Number, shard));

    public void Settle() => divided?.Gather();

    /// <summary>Of all ranks, added in the order of the shards.</summary>
    public StepTotals Collect()
    {
        var sums = totals.ToDoubles();
        var all = ranks.Gathered<double>([.. counts.SelectMany((count, i) => (double[])[.. sums.AsSpan(Terms * i, Terms), count])]);
        totals.zero_();
        Array.Clear(counts);
        StepTotals sum = default;
        for (var i = 0; i < all.Length; i += Terms + 1)
            sum += new StepTotals(all[i], all[i + 1], all[i + 2], (long)all[i + Terms]);
        return Clippings.Skips(train.Clipping) ? sum with { Skipped = state.TakeSkipped() } : sum;
    }

    public void Dispose()
    {
        if (mover != ranks)
            mover.Dispose();
        divided?.Dispose();
        across.Dispose();
        optimizer?.Dispose();
        rows.Dispose();
        totals.Dispose();
        gradient.Dispose();
    }

    private void Run(long examples, StepInputs at, Func<Shard, (Tensor X, Tensor? Condition)> part)
    {
        for (var i = 0; i < counts.Length; i++)
        {
            using var scope = NewDisposeScope();
            var shard = new Shard(first + i, train.Shards);
            var count = shard.Rows(examples).Count;
            if (count == 0)
            {
                rows[i].zero_();
                continue;
            }
            var (x, condition) = part(shard);
            gradient.Compute(x, condition, at with { Number = shard.Key(at.Number) });
            Keep(i, count, examples, at.Measured);
        }
        Update(at, IsEven(examples) ? 1.0 / train.Shards : 1);
    }

    // Equal parts are weighted after the sum, of which each rank may have a part only.
    private bool IsEven(long examples) => examples % train.Shards == 0;

    // The gradient is that of the mean over the shard's examples; the step needs that of the mean over the batch.
    private void Keep(int i, long count, long examples, bool measured)
    {
        using var noGrad = no_grad();
        var (row, offset) = (rows[i], 0L);
        foreach (var weights in isInPlace ? [] : trained)
        {
            row.narrow(0, offset, weights.Gradient.numel()).copy_(weights.Gradient);
            offset += weights.Gradient.numel();
        }
        if (!IsEven(examples))
            row.mul_(Scalars.Get(count / (double)examples));
        if (!measured)
            return;
        totals[i].add_(gradient.Sums.Values, Scalars.One);
        gradient.Sums.Reset();
        counts[i] += count;
    }

    private void Update(StepInputs at, double scale)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        FixedOrderSum.AddRows(rows);
        var sum = rows[0];
        if (divided is not null)
        {
            divided.Step(sum, scale, at.LearningRate);
            return;
        }
        across.Sum(sum);
        if (scale != 1)
            sum.mul_(Scalars.Get(scale));
        var offset = 0L;
        foreach (var weights in isInPlace ? [] : trained)
        {
            weights.Gradient.copy_(sum.narrow(0, offset, weights.Gradient.numel()));
            offset += weights.Gradient.numel();
        }
        optimizer!.Step(at.LearningRate);
        foreach (var network in gradient.Auxiliaries)
            network.Step(at.Epoch);
    }
}
