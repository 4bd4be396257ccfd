using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>
/// What a model says of rows in arrays, 500 at a time. A row has the values of an example without a mask, in raw form as the model was
/// trained on them; NaN marks a missing value, for models of a masked likelihood. Several threads may read one model at once.
/// </summary>
public static class ModelRows
{
    // Draws of one row must not have the keys of another.
    private const int DrawShift = 40;

    /// <summary>Posterior means. [N, values] → [N, D].</summary>
    /// <param name="model">The model; without a condition.</param>
    /// <param name="rows">The rows.</param>
    /// <exception cref="VaeException">Rows do not fit the model, or it has a condition.</exception>
    public static float[,] Codes(this VaeModel model, float[,] rows) => RowBatches.Map(model, rows, model.Spec.Latent, (x, _) =>
        Posteriors.Mean<TorchTensor>(model.Spec.Posterior, model.Encode(x), model.PosteriorState()));

    /// <summary>E[x|z] at the posterior mean of each row. [N, values] → [N, values].</summary>
    /// <param name="model">The model; without a condition.</param>
    /// <param name="rows">The rows.</param>
    /// <exception cref="VaeException">Rows do not fit the model, or it has a condition.</exception>
    public static float[,] ReconstructRows(this VaeModel model, float[,] rows) =>
        RowBatches.Map(model, rows, RowBatches.Width(model), (x, _) => model.Reconstruct(x).flatten(1));

    /// <summary>Scores rows by −ELBO, its parts, and a bound on −ln p(x); nats.</summary>
    /// <param name="model">The model; without a condition, and not an autoencoder.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="scoring">How many draws; null for the defaults.</param>
    /// <exception cref="VaeException">Rows do not fit the model, it has a condition, or it has no bound.</exception>
    public static RowScores Score(this VaeModel model, float[,] rows, RowScoring? scoring = null)
    {
        model.RequireDistribution("scores");
        scoring ??= new();
        VaeException.Require(scoring.Draws >= 1 && scoring.ImportanceSamples >= 1, "scoring", "must have at least 1 draw and 1 sample",
            $"{scoring.Draws} and {scoring.ImportanceSamples}");
        using var noise = new KeyedNoise(scoring.Seed, model.Device);
        var sampling = new ImportanceSampling(model, rows.GetLength(0));
        int count = rows.GetLength(0), width = RowBatches.Width(model);
        var (shares, kl, bounds) = (new double[count, width], new double[count], new double[count]);
        RowBatches.Each(model, rows, (x, start) =>
        {
            AddTerms(model, x, start, noise, scoring, (shares, kl));
            var some = ImportanceSampling.Examples(scoring.ImportanceSamples);
            for (long at = 0; at < x.shape[0]; at += some)
            {
                using var inner = NewDisposeScope();
                var part = x.narrow(0, at, Math.Min(some, x.shape[0] - at));
                sampling.Bound(part, null, scoring.ImportanceSamples, ofPrior: false, noise, start + at).neg().ToDoubles()
                    .CopyTo(bounds, start + (int)at);
            }
        });
        double[] total = [.. kl.Select((value, i) => value + Enumerable.Range(0, width).Sum(j => shares[i, j]))];
        return new(total, bounds, shares, kl);
    }

    /// <summary>
    /// Replaces missing values by the estimate of E[missing|observed] from draws of the posterior, weighted by importance; Mattei &amp;
    /// Frellsen 2019, section 2.3. Observed values stay, and rows without missing values take no time. [N, values] → [N, values].
    /// </summary>
    /// <param name="model">A model of a masked likelihood, without a condition.</param>
    /// <param name="rows">Rows with NaN for missing values.</param>
    /// <param name="samples">Draws for each row; ≥ 1.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <exception cref="VaeException">Rows do not fit the model, it has a condition, or it takes no missing values.</exception>
    public static float[,] Impute(this VaeModel model, float[,] rows, int samples = 100, ulong seed = 0)
    {
        model.RequireDistribution("imputation by importance sampling");
        VaeException.Require(samples >= 1, "samples", "must be at least 1", samples);
        VaeException.Require(model.Spec.Likelihood.Formulas().TakesMask, "model.likelihood",
            "must be masked to impute missing values", Likelihoods.Name(model.Spec.Likelihood));
        using var noise = new KeyedNoise(seed, model.Device);
        var filled = RowBatches.Map(model, rows, RowBatches.Width(model), (x, start) => Estimated(model, x, start, samples, noise));
        for (var i = 0; i < rows.GetLength(0); i++)
            for (var j = 0; j < rows.GetLength(1); j++)
                filled[i, j] = float.IsNaN(rows[i, j]) ? filled[i, j] : rows[i, j];
        return filled;
    }

    /// <summary>Draws rows x ~ p(x|z) with z from the prior: counts are counts, and classes are classes. [count, values].</summary>
    /// <param name="model">The model; without a condition.</param>
    /// <param name="count">Number of rows; ≥ 0.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <exception cref="VaeException">The count is negative, the posterior is a point, or the likelihood has no draws.</exception>
    public static float[,] DrawRows(this VaeModel model, int count, ulong seed)
    {
        model.RequireDistribution("draws from the prior");
        RowBatches.RequireNoCondition(model);
        VaeException.Require(count >= 0, "count", "must be at least 0", count);
        MemoryLimits.RequireDraws(model.Spec, count);
        var drawn = new float[count, RowBatches.Width(model)];
        using var inference = inference_mode(true);
        using var noise = new KeyedNoise(seed, model.Device);
        for (var start = 0; start < count; start += RowBatches.AtOnce)
        {
            using var scope = NewDisposeScope();
            var eps = empty(
                [Math.Min(RowBatches.AtOnce, count - start), model.Spec.Prior.Formulas().Noise(model.Spec.Latent)],
                model.Weights.Flat.dtype, model.Device);
            noise.Normal(eps, Purpose.Prior, start);
            Tensor z = Priors.Sample<TorchTensor>(model.Spec.Prior, eps, model.PriorState(eps.shape[0]));
            RowBatches.Fill(drawn, start, Drawn(model, z, KeyedRandom.FromSeed(seed).Fold(start)));
        }
        return drawn;
    }

    private static float[] Drawn(VaeModel model, Tensor z, KeyedRandom random)
    {
        var (likelihood, state) = (model.Spec.Likelihood, model.State("likelihood"));
        try
        {
            return Array.ConvertAll(Likelihoods.Draw(
                likelihood, OnHost(model.Decode(z)), Likelihoods.Uniforms(likelihood, model.Spec.Input, (int)z.shape[0], random),
                new(name => OnHost(state[name]))).ToArray(), value => (float)value);
        }
        catch (NotSupportedException e)
        {
            throw new VaeException(e.Message, e);
        }
    }

    private static NdArray OnHost(Tensor tensor) => NdArray.FromValues(tensor.ToDoubles(), Array.ConvertAll(tensor.shape, dim => (int)dim));

    /// <summary>The key of the noise that all rows share in a draw.</summary>
    internal static long SharedKey(long number) => number << DrawShift;

    private static void AddTerms(
        VaeModel model, Tensor x, int start, KeyedNoise noise, RowScoring scoring, (double[,] Shares, double[] Kl) into)
    {
        var (shares, kl) = into;
        var draws = scoring.Draws;
        var (spec, encoded) = (model.Spec, new TorchTensor(model.Encode(x)));
        for (var number = 0L; number < draws; number++)
        {
            using var scope = NewDisposeScope();
            var eps = empty(
                [scoring.SharedNoise ? 1 : x.shape[0], spec.Posterior.Formulas().Noise(spec.Latent)], x.dtype, model.Device);
            noise.Normal(eps, Purpose.Evaluate, (scoring.SharedNoise ? 0 : start) + SharedKey(number));
            eps = eps.expand(x.shape[0], -1);
            var q = model.PosteriorState();
            var draw = spec.Posterior.Formulas().Draw(q, encoded, eps);
            var each = Likelihoods.NegLogDensityPerValue<TorchTensor>(
                spec.Likelihood, model.Decode(draw.Z), x, model.State("likelihood")).Tensor.ToDoubles();
            var terms = Divergences.KlAt(spec.Posterior, spec.Prior, encoded, draw, q, model.PriorState(x.shape[0])).Tensor.ToDoubles();
            var width = shares.GetLength(1);
            for (var i = 0; i < each.Length; i++)
                shares[start + i / width, i % width] += each[i] / draws;
            for (var i = 0; i < terms.Length; i++)
                kl[start + i] += terms[i] / draws;
        }
    }

    // Few enough rows at once that all their draws are decoded together.
    private static Tensor Estimated(VaeModel model, Tensor x, int start, int samples, KeyedNoise noise)
    {
        var (some, estimated) = (Math.Max(1, RowBatches.AtOnce / samples), zeros([x.shape[0], RowBatches.Width(model)], x.dtype, x.device));
        for (long at = 0; at < x.shape[0]; at += some)
        {
            using var scope = NewDisposeScope();
            var holes = new ImputationRows(x.flatten(1).chunk(2, 1)[1], at, Math.Min(some, x.shape[0] - at));
            if (holes.Count > 0)
                estimated.narrow(0, at, holes.All).index_copy_(0, holes.Index, Weighted(model, holes, holes.Of(x), (samples, start), noise));
        }
        return estimated;
    }

    private static Tensor Weighted(VaeModel model, ImputationRows holes, Tensor x, (int Samples, int Start) of, KeyedNoise noise)
    {
        var (spec, samples) = (model.Spec, of.Samples);
        var eps = PosteriorNoise.Of(model, (int)holes.All, samples, noise, of.Start + holes.First)
            .index_select(1, holes.Index).flatten(0, 1);
        var draw = Posteriors.Draw<TorchTensor>(
            spec.Posterior, TensorExtensions.Repeat(model.Encode(x), samples), eps, model.PosteriorState());
        var decoded = model.Decode(draw.Z);
        Tensor cost = model.NegLogLikelihood(decoded, TensorExtensions.Repeat(x, samples))
            + Divergences.MonteCarloKl(spec.Prior, draw, model.PriorState(x.shape[0], samples: samples));
        Tensor mean = Likelihoods.Mean<TorchTensor>(spec.Likelihood, decoded, model.State("likelihood"));
        var weights = cost.neg().view(samples, -1).softmax(0).unsqueeze(2);
        return weights.mul(mean.reshape(samples, x.shape[0], -1)).sum(dim: 0);
    }
}
