using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>
/// A chain for each row that follows a target as it changes by degrees, each transition leaving the target of its moment as it
/// is: Hamiltonian Monte Carlo with leapfrog steps, accepted or not. Neal 2011, section 3.
/// </summary>
internal sealed class HamiltonianChains(TemperedTarget target, KeyedNoise noise, int leapfrogs)
{
    // Acceptance near 0.65 costs least: Neal 2011, section 4.4.
    private const double Wanted = 0.65, Grow = 1.05, Shrink = 0.93, First = 0.1;

    private long drawn;

    /// <summary>Noise from N(0, 1) that no other call has; [R, D].</summary>
    public Tensor Normal(Tensor like)
    {
        var draw = empty_like(like);
        noise.Normal(draw, Purpose.Evaluate, drawn++);
        return draw;
    }

    /// <summary>
    /// Σ (β_t − β_{t−1}) ln p(x|z_t) along the way from z, one temperature to the next, whichever way they go: each is moved to before the step away from it. Step sizes
    /// [T][R] are taken as they are, or found on the way and left there. [R], float64.
    /// </summary>
    public Tensor Walk(Tensor z, double[] betas, Tensor?[] sizes, bool tune, CancellationToken stop)
    {
        using var scope = NewDisposeScope();
        z = z.clone();
        var sum = zeros([target.Rows], ScalarType.Float64, z.device);
        var size = full([target.Rows, 1], Scalars.Get(First), z.dtype, z.device);
        var likelihood = target.At(z, betas[0]).LogLikelihood;
        for (var t = 1; t < betas.Length; t++)
        {
            stop.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            sum.add_(likelihood.to(ScalarType.Float64).mul(Scalars.Get(betas[t] - betas[t - 1])), Scalars.One);
            // Where a walk has ended, nothing more is asked.
            if (t == betas.Length - 1 && !tune)
                break;
            var accepted = Move(z, betas[t], tune ? size : sizes[t]!, likelihood);
            if (!tune)
                continue;
            sizes[t] = size.clone().DetachFromDisposeScope();
            size.mul_(accepted.gt(Scalars.Get(Wanted)).to(size.dtype).mul(Scalars.Get(Grow - Shrink)).add(Scalars.Get(Shrink), Scalars.One).unsqueeze(1));
        }
        return sum.MoveToOuterDisposeScope();
    }

    /// <summary>One transition: overwrites z and ln p(x|z); the probability of having been accepted, [R].</summary>
    private Tensor Move(Tensor z, double beta, Tensor size, Tensor likelihood)
    {
        var from = target.At(z, beta);
        var momentum = Normal(z);
        var before = from.Log - Kinetic(momentum);
        var (at, place, half) = (from, z.clone(), size.mul(Scalars.Get(0.5)));
        for (var step = 0; step < leapfrogs; step++)
        {
            momentum.add_(half.mul(at.Gradient), Scalars.One);
            place.add_(size.mul(momentum), Scalars.One);
            at = target.At(place, beta);
            momentum.add_(half.mul(at.Gradient), Scalars.One);
        }
        // What has left all bounds is no number: never accepted.
        var probability = (at.Log - Kinetic(momentum) - before).exp().clamp_max(Scalars.One).nan_to_num(0, 0, 0);
        var draw = empty_like(probability);
        noise.Uniform(draw, 0, 1, Purpose.Evaluate, drawn++);
        var taken = draw.lt(probability);
        z.copy_(where(taken.unsqueeze(1), place, z));
        likelihood.copy_(where(taken, at.LogLikelihood, likelihood));
        return probability;
    }

    private static Tensor Kinetic(Tensor momentum) => momentum.mul(momentum).sum(1).mul(Scalars.Get(0.5));
}
