namespace Vae.Tests;

/// <summary>Estimators of the same gradient in a model where all is known: many draws of each, by dual numbers.</summary>
public class EncoderGradientsTests
{
    private const int Groups = 5_000, Samples = 6;

    private static readonly Posterior Q = Posteriors.DiagonalNormal;

    private enum Bound
    {
        Elbo,
        Weighted,
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void StickingTheLandingIsUnbiasedForTheElboAndLessNoisy(ulong seed) => Compare(seed, 1, Bound.Elbo);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void DoublyReparameterizedIsUnbiasedForTheWeightedBoundAndLessNoisy(ulong seed) => Compare(seed, Samples, Bound.Weighted);

    [Fact]
    public void AtThePosteriorOnlyTheTotalDerivativeIsNoisy()
    {
        var model = new LinearGaussian(3);
        for (var along = 0; along < 4; along++)
        {
            Assert.All(Estimates(model, model.Posterior, along, 1, Bound.Elbo, detached: true, 200),
                gradient => Assert.Equal(0, gradient, 1e-9));
            Assert.All(Estimates(model, model.Posterior, along, Samples, Bound.Weighted, detached: true, 200),
                gradient => Assert.Equal(0, gradient, 1e-9));
            Assert.Contains(Estimates(model, model.Posterior, along, 1, Bound.Elbo, detached: false, 200),
                gradient => Math.Abs(gradient) > 0.1);
        }
    }

    // The same draws for both, so that their difference has little noise; close to the posterior, where the total derivative has the most
    // to lose.
    private static void Compare(ulong seed, int samples, Bound bound)
    {
        var model = new LinearGaussian(seed);
        var parameters = model.Posterior + NdArray.FromValues([
            0.4 * Math.Exp(0.5 * model.PosteriorLogVariance(0)), -0.3 * Math.Exp(0.5 * model.PosteriorLogVariance(1)), 0.2, -0.1], 1, 4);
        for (var along = 0; along < 4; along++)
        {
            var total = Estimates(model, parameters, along, samples, bound, detached: false, Groups);
            var held = Estimates(model, parameters, along, samples, bound, detached: true, Groups);
            Noise.AssertMean(0, [.. total.Zip(held, (a, b) => a - b)]);
            Assert.True(Noise.Mean(held).StandardError < 0.8 * Noise.Mean(total).StandardError);
        }
    }

    /// <summary>The derivative of a bound by one parameter of q, from groups of draws.</summary>
    private static double[] Estimates(LinearGaussian model, NdArray parameters, int along, int samples, Bound bound,
        bool detached, int groups)
    {
        var rows = groups * samples;
        var direction = NdArray.FromValues([.. Enumerable.Range(0, 4).Select(i => i == along ? 1.0 : 0)], 1, 4);
        var q = new Dual<NdArray>(NdArray.Full(0, rows, 1) + parameters, NdArray.Full(0, rows, 1) + direction);
        var z = Posteriors.Sample(Q, q, Dual<NdArray>.Constant(Noise.Normal(77, rows, 2)));
        var density = Posteriors.LogDensity(Q, detached ? Dual<NdArray>.StopGradient(q) : q, z)!.Value;
        var weights = Dual<NdArray>.Reshape(
            Bounds.MonteCarloElbo(LogLikelihood(model, z), Priors.LogDensity(Priors.StandardNormal, z), density), samples, groups);
        var value = bound == Bound.Elbo ? Dual<NdArray>.Sum(weights, 0) / samples
            : detached ? ImportanceBounds.DoublyReparameterized(weights, 1) : Bounds.ImportanceWeighted(weights);
        return value.Tangent.ToArray();
    }

    private static Dual<NdArray> LogLikelihood(LinearGaussian model, Dual<NdArray> z)
    {
        var columns = Dual<NdArray>.Constant(
            NdArray.FromValues([.. model.Columns[0], .. model.Columns[1]], LinearGaussian.Latent, LinearGaussian.Observed));
        var offset = Dual<NdArray>.Constant(model.Decode(NdArray.Full(0, 1, LinearGaussian.Latent)));
        return -Likelihoods.NegLogDensity(Likelihoods.Normal(model.Sigma), Dual<NdArray>.MatMul(z, columns) + offset,
            Dual<NdArray>.Constant(NdArray.FromValues(model.X, 1, LinearGaussian.Observed)));
    }
}
