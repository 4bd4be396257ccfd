using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>How much work an annealed estimate is given.</summary>
/// <param name="Temperatures">Steps from the prior to the posterior; ≥ 1. The gap to ln p(x) shrinks with them.</param>
/// <param name="Chains">For each example; ≥ 1.</param>
/// <param name="Leapfrogs">Steps of the dynamics at each temperature; ≥ 1.</param>
internal sealed record AnnealingOptions(int Temperatures = 300, int Chains = 8, int Leapfrogs = 5);

/// <summary>ln p(x) between two estimates on examples that the model itself has drawn, whose posterior is known to have been drawn from.</summary>
/// <param name="Lower">The mean estimate from the prior on; on average at most ln p(x); nats per example.</param>
/// <param name="Upper">The mean estimate from the exact posterior draw back; on average at least ln p(x); nats per example.</param>
/// <param name="Examples">Simulated examples.</param>
internal sealed record BidirectionalBounds(double Lower, double Upper, int Examples)
{
    /// <summary>The mean gap: how far either can be from ln p(x), on examples like these.</summary>
    public double Gap => Upper - Lower;
}

/// <summary>
/// ln p(x) by annealing from the prior to the posterior (Neal 2001; Wu et al. 2017), without the encoder: what a bound by
/// importance samples from q is to be judged by. On examples drawn from the model the way back bounds it from above (Grosse et
/// al. 2015). Step sizes are found in a walk of their own, so that the estimates stay unbiased for p(x) and 1/p(x).
/// </summary>
internal static class AnnealedImportanceSampling
{
    private const int Rows = 1024;

    /// <summary>ln p(x) of each example of a data set, given its condition where the model has one: a stochastic lower bound. N values, nats; in their order.</summary>
    public static ValueList<double> LogLikelihoods(
        EvaluationInput input, AnnealingOptions? options = null, CancellationToken stop = default)
    {
        options ??= new();
        var model = input.Model;
        Check(model, options);
        input.RequireShape();
        using var source = input.Batches(Math.Max(1, Rows / options.Chains));
        var values = new List<double>();
        source.Each((x, condition, place) =>
        {
            using var noise = Noise(model, input.Seed, 2 * place);
            values.AddRange(Estimate(model, new(x.to(model.Weights.Flat.dtype), condition), options, noise, stop).Forward);
        });
        return ValueList.From(values);
    }

    /// <summary>Both estimates on examples drawn from a model without a condition, z from the prior and x from p(x|z); count ≥ 1.</summary>
    public static BidirectionalBounds OnSimulated(VaeModel model, int count, AnnealingOptions? options = null, ulong seed = 0, CancellationToken stop = default)
    {
        options ??= new();
        Check(model, options);
        if (model.Spec.Condition is not Condition.None)
            throw new VaeException("model.condition: must be none to draw examples from the model alone, got one");
        if (count < 1)
            throw new VaeException($"examples: must be at least 1, got {count}");
        double lower = 0, upper = 0;
        var batch = Math.Max(1, Rows / options.Chains);
        for (var first = 0; first < count; first += batch)
        {
            using var scope = NewDisposeScope();
            var size = Math.Min(batch, count - first);
            using var draws = Noise(model, seed, 2L * first + 1);
            var eps = empty([size, model.Spec.Prior.Formulas().Noise(model.Spec.Latent)], model.Weights.Flat.dtype, model.Device);
            draws.Normal(eps, Purpose.Prior, 0);
            Tensor z = Priors.Sample<TorchTensor>(model.Spec.Prior, eps, model.PriorState(size));
            using var noise = Noise(model, seed, 2L * first);
            var both = Estimate(model, new(Simulated.Draw(model, z, draws), Exact: z), options, noise, stop);
            (lower, upper) = (lower + both.Forward.Sum(), upper + both.Backward.Sum());
        }
        return new(lower / count, upper / count, count);
    }

    // Logistic in time, so that most steps are near both ends, where the target changes most: Wu et al. 2017, appendix.
    private static double[] Betas(int count)
    {
        const double reach = 4;
        double Sigmoid(double at) => 1 / (1 + Math.Exp(-at));
        return [.. Enumerable.Range(0, count + 1).Select(t =>
            t == 0 ? 0 : t == count ? 1 : (Sigmoid(reach * (2.0 * t / count - 1)) - Sigmoid(-reach)) / (Sigmoid(reach) - Sigmoid(-reach)))];
    }

    /// <summary>Examples to estimate ln p(x) of.</summary>
    /// <param name="X">[B, ...].</param>
    /// <param name="Condition">[B, W]; null if the model has none.</param>
    /// <param name="Exact">An exact draw from the posterior of each example, [B, D]; null if none is known.</param>
    internal readonly record struct Annealed(Tensor X, Tensor? Condition = null, Tensor? Exact = null);

    /// <summary>Estimates from the prior on and, where an exact draw from the posterior is known, from there back.</summary>
    internal static (double[] Forward, double[] Backward) Estimate(
        VaeModel model, Annealed examples, AnnealingOptions options, KeyedNoise noise, CancellationToken stop)
    {
        using var scope = NewDisposeScope();
        var (x, condition, exact) = examples;
        var many = condition is null ? null : TensorExtensions.Repeat(condition, options.Chains);
        var prior = model.PriorState(x.shape[0], new(condition), options.Chains);
        // What networks give for the prior is computed at its first use: here, to live as long as the chains and without a gradient.
        using (no_grad())
            Priors.LogDensity(model.Spec.Prior, zeros(x.shape[0] * options.Chains, model.Spec.Latent, dtype: x.dtype, device: x.device), prior);
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

    // Of the way back the mean is that of 1/p(x). It begins with a move at the last temperature, a step of 0 away from it.
    private static double[] Back(HamiltonianChains chains, Tensor exact, double[] betas, Tensor?[] sizes, int count, CancellationToken stop)
    {
        var (back, found) = (betas.Reverse().ToArray(), sizes.Reverse().ToArray());
        double[] times = [1, .. back];
        Tensor?[] shifted = [null, .. found];
        return Array.ConvertAll(Mean(chains.Walk(TensorExtensions.Repeat(exact, count), times, shifted, tune: false, stop), count), value => -value);
    }

    /// <summary>The logarithm of the mean over chains. [chains · B] → B values.</summary>
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
            .. RequireAtLeast1("annealing.temperatures", options.Temperatures), .. RequireAtLeast1("annealing.chains", options.Chains), .. RequireAtLeast1("annealing.leapfrogs", options.Leapfrogs),
            .. model.Spec.Latent > 0 ? Array.Empty<Problem>() : [new("model.latent", "must be at least 1 to anneal over", "0")]]);
    }

    private static IEnumerable<Problem> RequireAtLeast1(string path, int value) => value >= 1 ? [] : [new(path, "must be at least 1", $"{value}")];
}
