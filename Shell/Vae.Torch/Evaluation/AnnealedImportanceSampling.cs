using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>Settings of annealed importance sampling; larger values cost time and tighten the estimate.</summary>
/// <param name="Temperatures">Number of steps from the prior to the posterior; ≥ 1. The gap to ln p(x) shrinks as it grows.</param>
/// <param name="Chains">Number of chains per example; ≥ 1.</param>
/// <param name="Leapfrogs">Number of leapfrog steps at each temperature; ≥ 1.</param>
internal sealed record AnnealingOptions(int Temperatures = 300, int Chains = 8, int Leapfrogs = 5);

/// <summary>
/// A lower and an upper estimate of ln p(x) on examples simulated from the model, for which an exact posterior draw is known.
/// </summary>
/// <param name="Lower">Mean estimate of the forward chains, which start at the prior; at most ln p(x) on average; nats per example.</param>
/// <param name="Upper">
/// Mean estimate of the reverse chains, which start at an exact posterior draw; at least ln p(x) on average; nats per example.
/// </param>
/// <param name="Examples">Number of simulated examples.</param>
internal sealed record BidirectionalBounds(double Lower, double Upper, int Examples)
{
    /// <summary>Upper minus lower estimate: the largest error of either on such examples, on average; nats per example.</summary>
    public double Gap => Upper - Lower;
}

/// <summary>
/// Estimates ln p(x) by annealing from the prior to the posterior (Neal 2001; Wu et al. 2017). It does not use the encoder, so it
/// is a reference for bounds that sample from q. On examples simulated from the model, the reverse chain bounds ln p(x) from above
/// (Grosse et al. 2015). Step sizes are tuned in a separate pass, so that the estimates stay unbiased for p(x) and 1/p(x).
/// </summary>
internal static class AnnealedImportanceSampling
{
    private const int Rows = 1024;

    /// <summary>A stochastic lower bound on ln p(x), or ln p(x|c) for a conditional model, for each example of a data set.</summary>
    /// <param name="input">The model and the N examples.</param>
    /// <param name="options">Settings of the sampler; null for the defaults.</param>
    /// <param name="stop">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>N values in the order of the examples; nats.</returns>
    /// <exception cref="VaeException">The posterior is a point, the options are out of range, or the shapes differ.</exception>
    public static ValueList<double> LogLikelihoods(
        EvaluationInput input, AnnealingOptions? options = null, CancellationToken stop = default)
    {
        options ??= new();
        var model = input.Model;
        Check(model, options);
        input.RequireShape();
        using var source = input.Batches(Math.Max(1, Rows / options.Chains));
        var own = new List<double[]>();
        source.Each((x, condition, place) =>
        {
            using var noise = Noise(model, input.Seed, 2 * place);
            own.Add(Estimate(model, new(x.to(model.Weights.Flat.dtype), condition), options, noise, stop).Forward);
        }, input.Ranks.Rank, input.Ranks.Count);
        return ValueList.From(input.Ranks.InOrder(own).SelectMany(values => values));
    }

    /// <summary>Both estimates on examples simulated from an unconditional model: z from the prior, x from p(x|z).</summary>
    /// <param name="model">A model without a condition.</param>
    /// <param name="count">Number of examples to simulate; ≥ 1.</param>
    /// <param name="options">Settings of the sampler; null for the defaults.</param>
    /// <param name="seed">Seed of the simulation and the chains.</param>
    /// <param name="ranks">The processes that divide the batches; null for one.</param>
    /// <param name="stop">Ends the work with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="VaeException">The model is conditional or cannot simulate x, or an argument is out of range.</exception>
    public static BidirectionalBounds OnSimulated(
        VaeModel model, int count, AnnealingOptions? options = null, ulong seed = 0, RankGroup? ranks = null,
        CancellationToken stop = default)
    {
        ranks ??= Ranks.Single;
        options ??= new();
        Check(model, options);
        if (model.Spec.Condition is not Condition.None)
            throw new VaeException("model.condition: must be none to simulate examples from the model, got one");
        if (count < 1)
            throw new VaeException($"examples: must be at least 1, got {count}");
        var own = new List<double[]>();
        var batch = Math.Max(1, Rows / options.Chains);
        for (var first = ranks.Rank * batch; first < count; first += ranks.Count * batch)
        {
            using var scope = NewDisposeScope();
            var size = Math.Min(batch, count - first);
            using var draws = Noise(model, seed, 2L * first + 1);
            var eps = empty([size, model.Spec.Prior.Formulas().Noise(model.Spec.Latent)], model.Weights.Flat.dtype, model.Device);
            draws.Normal(eps, Purpose.Prior, 0);
            Tensor z = Priors.Sample<TorchTensor>(model.Spec.Prior, eps, model.PriorState(size));
            using var noise = Noise(model, seed, 2L * first);
            var both = Estimate(model, new(Simulated.Draw(model, z, draws), Exact: z), options, noise, stop);
            own.Add([both.Forward.Sum(), both.Backward.Sum()]);
        }
        var sums = ranks.InOrder(own);
        return new(sums.Sum(values => values[0]) / count, sums.Sum(values => values[1]) / count, count);
    }

    // Logistic in time, so that steps are densest at both ends, where the target changes most: Wu et al. 2017, appendix.
    private static double[] Betas(int count)
    {
        const double reach = 4;
        double Sigmoid(double at) => 1 / (1 + Math.Exp(-at));
        return [.. Enumerable.Range(0, count + 1).Select(t =>
            t == 0 ? 0 : t == count ? 1 : (Sigmoid(reach * (2.0 * t / count - 1)) - Sigmoid(-reach)) / (Sigmoid(reach) - Sigmoid(-reach)))];
    }

    /// <summary>A batch of examples whose ln p(x) is estimated.</summary>
    /// <param name="X">Examples, [B, ...].</param>
    /// <param name="Condition">Conditions, [B, W]; null if the model has none.</param>
    /// <param name="Exact">An exact posterior draw for each example, [B, D]; null if none is known.</param>
    internal readonly record struct Annealed(Tensor X, Tensor? Condition = null, Tensor? Exact = null);

    /// <summary>Forward estimates and, if exact posterior draws are known, reverse estimates; B values each, nats.</summary>
    internal static (double[] Forward, double[] Backward) Estimate(
        VaeModel model, Annealed examples, AnnealingOptions options, KeyedNoise noise, CancellationToken stop)
    {
        using var scope = NewDisposeScope();
        var (x, condition, exact) = examples;
        var many = condition is null ? null : TensorExtensions.Repeat(condition, options.Chains);
        var prior = model.PriorState(x.shape[0], new(condition), options.Chains);
        // The prior's network outputs are computed at first use: here, so that they outlive each step and carry no gradient.
        using (no_grad())
            Priors.LogDensity(
                model.Spec.Prior, zeros(x.shape[0] * options.Chains, model.Spec.Latent, dtype: x.dtype, device: x.device), prior);
        var target = new TemperedTarget(model, TensorExtensions.Repeat(x, options.Chains), many, prior);
        var chains = new HamiltonianChains(target, noise, options.Leapfrogs);
        var betas = Betas(options.Temperatures);
        var sizes = new Tensor?[betas.Length];
        try
        {
            var like = empty([target.Rows, target.PriorNoise], x.dtype, x.device);
            chains.Walk(target.FromPrior(chains.Normal(like)), betas, sizes, tune: true, stop);
            var forward = Mean(chains.Walk(target.FromPrior(chains.Normal(like)), betas, sizes, tune: false, stop), options.Chains);
            return (forward, exact is null ? [] : Back(chains, exact, betas, sizes, options.Chains, stop));
        }
        finally
        {
            foreach (var size in sizes)
                size?.Dispose();
        }
    }

    // The reverse chains average 1/p(x). They start with a move at β = 1, which adds no weight: β repeats.
    private static double[] Back(HamiltonianChains chains, Tensor exact, double[] betas, Tensor?[] sizes, int count, CancellationToken stop)
    {
        var (back, found) = (betas.Reverse().ToArray(), sizes.Reverse().ToArray());
        double[] times = [1, .. back];
        Tensor?[] shifted = [null, .. found];
        var sums = chains.Walk(TensorExtensions.Repeat(exact, count), times, shifted, tune: false, stop);
        return Array.ConvertAll(Mean(sums, count), value => -value);
    }

    /// <summary>The log of the mean over chains. [chains · B] → B values.</summary>
    private static double[] Mean(Tensor sums, int chains)
    {
        using var scope = NewDisposeScope();
        return sums.view(chains, -1).logsumexp(0).sub(Scalars.Get(Math.Log(chains))).ToDoubles();
    }

    private static KeyedNoise Noise(VaeModel model, ulong seed, long part) =>
        new(KeyedRandom.FromSeed(seed).Fold(part).Bits(0), model.Device);

    private static void Check(VaeModel model, AnnealingOptions options)
    {
        model.RequireDistribution("an estimate of ln p(x)");
        VaeException.ThrowIfAny([
            .. RequireAtLeast1("annealing.temperatures", options.Temperatures),
            .. RequireAtLeast1("annealing.chains", options.Chains),
            .. RequireAtLeast1("annealing.leapfrogs", options.Leapfrogs),
            .. model.Spec.Latent > 0 ? Array.Empty<Problem>() : [new("model.latent", "must be at least 1 to anneal over", "0")]]);
    }

    private static IEnumerable<Problem> RequireAtLeast1(string path, int value) =>
        value >= 1 ? [] : [new(path, "must be at least 1", $"{value}")];
}
