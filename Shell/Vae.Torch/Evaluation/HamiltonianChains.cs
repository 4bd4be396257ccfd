using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>
/// One Markov chain per row that follows a sequence of tempered targets. Each transition leaves the current target invariant:
/// Hamiltonian Monte Carlo with leapfrog steps and a Metropolis test. Neal 2011, section 3.
/// </summary>
internal sealed class HamiltonianChains(TemperedTarget target, KeyedNoise noise, int leapfrogs)
{
    // An acceptance rate near 0.65 is the most efficient: Neal 2011, section 4.4.
    private const double Wanted = 0.65, Grow = 1.05, Shrink = 0.93, First = 0.1;

    private long drawn;

    /// <summary>Draws from N(0, 1), different at each call; shaped as <paramref name="like"/>.</summary>
    public Tensor Normal(Tensor like)
    {
        var draw = empty_like(like);
        noise.Normal(draw, Purpose.Evaluate, drawn++);
        return draw;
    }

    /// <summary>
    /// Runs the chains through the temperatures and sums their log-weights, Σ (β_t − β_{t−1}) ln p(x|z_t). At each temperature but the
    /// first and the last, z makes one transition before the next increment.
    /// </summary>
    /// <param name="z">Initial states, [R, D].</param>
    /// <param name="betas">The temperatures, ascending or descending; T values.</param>
    /// <param name="sizes">Step sizes, [T][R, 1]: used if <paramref name="tune"/> is false, overwritten if true.</param>
    /// <param name="tune">Whether to adapt the step sizes to the wanted acceptance.</param>
    /// <param name="stop">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>[R], float64; nats.</returns>
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
            // A transition after the last increment would not change the sum.
            if (t == betas.Length - 1 && !tune)
                break;
            var accepted = Move(z, betas[t], tune ? size : sizes[t]!, likelihood);
            if (!tune)
                continue;
            sizes[t] = size.clone().DetachFromDisposeScope();
            var grows = accepted.gt(Scalars.Get(Wanted)).to(size.dtype);
            size.mul_(grows.mul(Scalars.Get(Grow - Shrink)).add(Scalars.Get(Shrink), Scalars.One).unsqueeze(1));
        }
        return sum.MoveToOuterDisposeScope();
    }

    /// <summary>Makes one transition, overwriting z and ln p(x|z), and returns its acceptance probabilities, [R].</summary>
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
        // A diverged trajectory has NaN energy: never accepted.
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
