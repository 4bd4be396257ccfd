using FsCheck.Xunit;

namespace Vae.Tests;

public class BoundsTests
{
    private static readonly Posterior Q = Posteriors.DiagonalNormal;
    private static readonly Prior P = Priors.StandardNormal;

    [Property(Replay = "141,143")]
    public void TheEvidenceIsTheElboPlusTheDivergenceFromThePosterior(ulong seed)
    {
        var model = new LinearGaussian(seed);
        var parameters = Noise.Normal(seed + 1, 1, 4);
        var elbo = Bounds.Elbo(NdArray.Full(model.ExpectedLogLikelihood(parameters), 1), Divergences.Kl(Q, P, parameters)!.Value).Item;
        var gap = Normals.Kl(
            Posteriors.Mean(Q, parameters), Posteriors.LogVariance(Q, parameters),
            Posteriors.Mean(Q, model.Posterior), Posteriors.LogVariance(Q, model.Posterior)).Item;
        Assert.True(elbo < model.LogEvidence);
        Assert.Equal(model.LogEvidence, elbo + gap, 1e-11 * (1 + Math.Abs(elbo) + gap));
    }

    [Property(Replay = "141,145")]
    public void TheElboMeetsTheEvidenceAtThePosterior(ulong seed)
    {
        var model = new LinearGaussian(seed);
        var elbo = Bounds.Elbo(NdArray.Full(model.ExpectedLogLikelihood(model.Posterior), 1),
            Divergences.Kl(Q, P, model.Posterior)!.Value).Item;
        Assert.Equal(model.LogEvidence, elbo, 1e-11 * (1 + Math.Abs(elbo)));
    }

    [Property(Replay = "141,147")]
    public void AtThePosteriorEveryDrawGivesTheEvidence(ulong seed)
    {
        var model = new LinearGaussian(seed);
        var weights = LogWeights(model, model.Posterior, 20, seed);
        Assert.All(weights.ToArray(), weight => Assert.Equal(model.LogEvidence, weight, 1e-10 * (1 + Math.Abs(weight))));
        Assert.Equal(model.LogEvidence, Bounds.ImportanceWeighted(weights).Item, 1e-10 * (1 + Math.Abs(model.LogEvidence)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void BothEstimatorsOfTheElboAgree(ulong seed)
    {
        const int draws = 50_000;
        var model = new LinearGaussian(seed);
        var parameters = NdArray.Full(0, draws, 1) + 0.5 * Noise.Normal(seed + 1, 1, 4);
        var z = Posteriors.Sample(Q, parameters, Noise.Normal(seed + 2, draws, 2));
        var closed = Bounds.Elbo(model.LogLikelihood(z), Divergences.Kl(Q, P, parameters)!.Value);
        var drawn = Bounds.MonteCarloElbo(model.LogLikelihood(z), Priors.LogDensity(P, z), Posteriors.LogDensity(Q, parameters, z)!.Value);
        var one = NdArray.Slice(parameters, 0, 0, 1);
        var exact = model.ExpectedLogLikelihood(one) - Divergences.Kl(Q, P, one)!.Value.Item;
        Noise.AssertMean(0, (closed - drawn).ToArray());
        Noise.AssertMean(exact, closed.ToArray());
        Noise.AssertMean(exact, drawn.ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void TheImportanceWeightedBoundRisesTowardsTheEvidence(ulong seed)
    {
        const int groups = 2000, max = 64;
        var model = new LinearGaussian(seed);
        // Half a deviation beside the posterior, and wider than it: the weights stay bounded.
        var parameters = model.Posterior + NdArray.FromValues([
            0.5 * Math.Exp(0.5 * model.PosteriorLogVariance(0)), -0.5 * Math.Exp(0.5 * model.PosteriorLogVariance(1)), 0.4, 0.4], 1, 4);
        var weights = NdArray.Transpose(NdArray.Reshape(LogWeights(model, parameters, groups * max, seed), groups, max));
        // Bounds of k draws, averaged over the 64/k ways to cut a group: the same draws for all k.
        double[] Of(int k) => [.. Enumerable.Range(0, groups).Select(g => Enumerable.Range(0, max / k).Average(part =>
            Bounds.ImportanceWeighted(NdArray.Slice(NdArray.Slice(weights, 1, g, 1), 0, part * k, k)).Item))];
        double[][] bounds = [Of(1), Of(4), Of(16), Of(64)];
        for (var i = 1; i < bounds.Length; i++)
        {
            var (rise, error) = Noise.Mean([.. bounds[i].Zip(bounds[i - 1], (more, fewer) => more - fewer)]);
            Assert.True(rise > Noise.Sigmas * error);
            var (mean, width) = Noise.Mean(bounds[i]);
            Assert.True(mean - Noise.Sigmas * width < model.LogEvidence);
        }
        Assert.InRange(Noise.Mean(bounds[3]).Mean, model.LogEvidence - 0.05, model.LogEvidence + 0.01);
    }

    [Property(Replay = "141,149")]
    public void OneWeightedDrawIsTheElbo(ulong seed)
    {
        var terms = Noise.Normal(seed, 3, 5).ToArray().Chunk(5).Select(row => NdArray.FromValues(row, 1, 5)).ToArray();
        var elbo = Bounds.MonteCarloElbo(terms[0], terms[1], terms[2]);
        Assert.All(Bounds.ImportanceWeighted(elbo).ToArray().Zip(elbo.ToArray()), p => Assert.Equal(p.Second, p.First, 1e-15));
    }

    [Property(Replay = "141,151")]
    public void TheLossIsMinusTheElboAtBetaOne(ulong seed)
    {
        NdArray reconstruction = Noise.Normal(seed, 5), kl = NdArray.Square(Noise.Normal(seed + 1, 5));
        Assert.Equal((-Bounds.Elbo(-reconstruction, kl)).ToArray(), Bounds.NegElbo(reconstruction, kl, 1).ToArray());
        Assert.Equal(reconstruction.ToArray(), Bounds.NegElbo(reconstruction, kl, 0).ToArray());
    }

    [Property(Replay = "141,153")]
    public void ALostDrawLeavesTheWeightedBoundAlone(ulong seed)
    {
        // A weight of 0 counts as a draw and adds nothing.
        var weights = Noise.Normal(seed, 3, 1);
        var withLost = NdArray.FromValues([.. weights.ToArray(), double.NegativeInfinity], 4, 1);
        Assert.Equal(Bounds.ImportanceWeighted(weights).Item + Math.Log(3.0 / 4), Bounds.ImportanceWeighted(withLost).Item, 1e-14);
    }

    /// <summary>[draws, 1]: ln p(x, z) − ln q(z|x) at draws from q with these parameters [1, 4].</summary>
    private static NdArray LogWeights(LinearGaussian model, NdArray parameters, int draws, ulong seed)
    {
        var all = NdArray.Full(0, draws, 1) + parameters;
        var z = Posteriors.Sample(Q, all, Noise.Normal(seed + 7, draws, 2));
        return NdArray.Reshape(
            Bounds.MonteCarloElbo(model.LogLikelihood(z), Priors.LogDensity(P, z), Posteriors.LogDensity(Q, all, z)!.Value), draws, 1);
    }
}
