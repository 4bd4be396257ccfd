using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>Scores of rows that do not depend on the rows beside them, as a service that answers requests together needs.</summary>
public static class IndependentScores
{
    /// <summary>
    /// Scores rows by −ELBO, its parts, and the importance-weighted bound on −ln p(x); nats. All rows have the same draws, so a row's score
    /// is the same, up to rounding, alone and among others, and rows are compared with less noise.
    /// </summary>
    /// <param name="model">The model; without a condition, and not an autoencoder.</param>
    /// <param name="rows">The rows; NaN marks a missing value, for models of a masked likelihood.</param>
    /// <param name="samples">Draws of z for each row, for −ELBO and the bound; ≥ 1.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <exception cref="VaeException">Rows do not fit the model, it has a condition, or it has no bound.</exception>
    public static RowScores ScoreEach(this VaeModel model, float[,] rows, int samples = 50, ulong seed = 0)
    {
        model.RequireDistribution("scores");
        VaeException.Require(samples >= 1, "samples", "must be at least 1", samples);
        int count = rows.GetLength(0), width = RowBatches.Width(model);
        var scores = new RowScores(new double[count], new double[count], new double[count, width], new double[count]);
        using var noise = new KeyedNoise(seed, model.Device);
        RowBatches.Each(model, rows, (x, start) =>
        {
            var eps = empty([samples, model.Spec.Posterior.Formulas().Noise(model.Spec.Latent)], x.dtype, model.Device);
            noise.Normal(eps, Purpose.Evaluate, 0);
            var some = ImportanceSampling.Examples(samples);
            for (long at = 0; at < x.shape[0]; at += some)
                Fill(scores, start + (int)at, Draw(model, x.narrow(0, at, Math.Min(some, x.shape[0] - at)), eps));
        });
        return scores;
    }

    /// <summary>Terms of S draws of B rows, in nats: −ln p(x|z) of each value [S, B, W], and ln q(z|x) − ln p(z) [S, B].</summary>
    private sealed record Terms(double[] PerValue, double[] Kl, int Rows);

    private static Terms Draw(VaeModel model, Tensor x, Tensor eps)
    {
        using var scope = NewDisposeScope();
        var (spec, samples, rows) = (model.Spec, (int)eps.shape[0], x.shape[0]);
        var draw = Posteriors.Draw<TorchTensor>(
            spec.Posterior, TensorExtensions.Repeat(model.Encode(x), samples), eps.repeat_interleave(rows, 0), model.PosteriorState());
        Tensor perValue = Likelihoods.NegLogDensityPerValue<TorchTensor>(
            spec.Likelihood, model.Decode(draw.Z), TensorExtensions.Repeat(x, samples), model.State("likelihood"));
        Tensor kl = Divergences.MonteCarloKl(spec.Prior, draw, model.PriorState(rows, samples: samples));
        return new(perValue.ToDoubles(), kl.ToDoubles(), (int)rows);
    }

    private static void Fill(RowScores into, int start, Terms terms)
    {
        var (rows, samples, width) = (terms.Rows, terms.Kl.Length / terms.Rows, into.Shares.GetLength(1));
        for (var row = 0; row < rows; row++)
        {
            var costs = new double[samples];
            for (var draw = 0; draw < samples; draw++)
            {
                costs[draw] = terms.Kl[draw * rows + row];
                into.Kl[start + row] += costs[draw] / samples;
                for (var i = 0; i < width; i++)
                {
                    var cost = terms.PerValue[(draw * rows + row) * width + i];
                    into.Shares[start + row, i] += cost / samples;
                    costs[draw] += cost;
                }
            }
            into.NegElbo[start + row] = costs.Average();
            // −ln of the mean of e^−cost, from the least cost on.
            into.NegLogLikelihood[start + row] = costs.Min() - Math.Log(costs.Average(cost => Math.Exp(costs.Min() - cost)));
        }
    }
}
