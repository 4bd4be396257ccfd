using FsCheck.Xunit;

namespace Vae.Tests;

public class MixtureFitsTests
{
    [Property(Replay = "261,263", MaxTest = 20)]
    public void AStepNeverLowersTheLikelihood(ulong seed)
    {
        NdArray spread = Noise.Normal(seed, 60, 2), flat = 0.0 * Noise.Normal(seed, 60, 1) + 3.0;
        // In one dimension nothing varies: the floor holds there, and the law with it.
        foreach (var codes in new[] { spread, NdArray.Concat(spread, flat, 1) })
        {
            var likelihoods = Steps(codes, 3, seed).Take(12).Select(at => MixtureFits.Moments(at, codes).LogLikelihood.Item).ToList();
            Assert.All(likelihoods.Zip(likelihoods.Skip(1)),
                pair => Assert.True(pair.Second >= pair.First - 1e-8, $"{pair.First} → {pair.Second}"));
        }
    }

    [Property(Replay = "261,265", MaxTest = 20)]
    public void OneComponentIsTheMeanAndTheCovarianceOfTheCodes(ulong seed)
    {
        var codes = NdArray.MatMul(Noise.Normal(seed, 50, 3), Noise.Normal(seed + 1, 3, 3));
        var fitted = Steps(codes, 1, seed).ElementAt(1);
        var cloud = LatentClouds.Moments(codes);
        Assert.Equal(cloud.Dimensions.Select(d => d.Mean), fitted.Means, (a, b) => Math.Abs(a - b) < 1e-9);
        var factor = NdArray.FromValues([.. fitted.Factors], 3, 3);
        var covariance = NdArray.MatMul(factor, NdArray.Transpose(factor)).ToArray();
        for (var i = 0; i < 3; i++)
            for (var j = 0; j < 3; j++)
                Assert.Equal(cloud.Correlations[3 * i + j] * Math.Sqrt(cloud.Dimensions[i].Variance * cloud.Dimensions[j].Variance),
                    covariance[3 * i + j], 1e-5 * covariance.Max());
        Assert.Equal(0, fitted.LogWeights[0], 1e-12);
    }

    [Fact]
    public void WellSeparatedComponentsAreFoundAgain()
    {
        double[] weights = [0.2, 0.3, 0.5], means = [-6, 0, 6, 2, 0, -7];
        var truth = new NormalMixture(ValueList.From(weights.Select(w => Math.Log(w))), [.. means],
            [1, 0, 0.8, 0.6, 0.5, 0, 0, 2, 1, 0, -0.5, 1]);
        var codes = NormalMixtures.Sample(truth, Noise.Normal(3, 3000, NormalMixtures.Noise(truth)));
        var fitted = Steps(codes, 3, 5).ElementAt(20);
        foreach (var k in Enumerable.Range(0, 3))
        {
            var at = Enumerable.Range(0, 3)
                .MinBy(i => Math.Abs(fitted.Means[2 * i] - means[2 * k]) + Math.Abs(fitted.Means[2 * i + 1] - means[2 * k + 1]));
            Assert.Equal(weights[k], Math.Exp(fitted.LogWeights[at]), 0.05);
            Assert.Equal(truth.Means.Skip(2 * k).Take(2), fitted.Means.Skip(2 * at).Take(2), (a, b) => Math.Abs(a - b) < 0.3);
            Assert.Equal(truth.Factors.Skip(4 * k).Take(4), fitted.Factors.Skip(4 * at).Take(4), (a, b) => Math.Abs(a - b) < 0.2);
        }
    }

    [Fact]
    public void ConstantCodesHaveAFiniteFit()
    {
        var codes = NdArray.Full(2, 30, 3);
        var fitted = Steps(codes, 2, 1).ElementAt(5);
        Assert.All([.. fitted.LogWeights, .. fitted.Means, .. fitted.Factors], value => Assert.True(double.IsFinite(value)));
        Assert.All(NormalMixtures.Sample(fitted, Noise.Normal(2, 10, NormalMixtures.Noise(fitted))).ToArray(),
            value => Assert.Equal(2, value, 1e-4));
    }

    [Property(Replay = "261,267", MaxTest = 20)]
    public void ItIsAFunctionOfTheSeed(ulong seed)
    {
        var codes = Noise.Normal(seed, 40, 2);
        Assert.Equal(Steps(codes, 4, seed).ElementAt(3), Steps(codes, 4, seed).ElementAt(3));
    }

    [Fact]
    public void MomentsOfTwoSetsAreTheirSum()
    {
        var (codes, mixture) = (Noise.Normal(1, 20, 2), Steps(Noise.Normal(2, 20, 2), 2, 3).First());
        MixtureMoments<NdArray> all = MixtureFits.Moments(mixture, codes), a = MixtureFits.Moments(mixture, NdArray.Slice(codes, 0, 0, 7)),
            b = MixtureFits.Moments(mixture, NdArray.Slice(codes, 0, 7, 13));
        foreach (var (whole, parts) in new[] { (all.Counts, a.Counts + b.Counts), (all.Sums, a.Sums + b.Sums),
            (all.Products, a.Products + b.Products), (all.LogLikelihood, a.LogLikelihood + b.LogLikelihood) })
            Assert.Equal(whole.ToArray(), parts.ToArray(), (x, y) => Math.Abs(x - y) < 1e-9);
    }

    private static IEnumerable<NormalMixture> Steps(NdArray codes, int components, ulong seed)
    {
        var (mixture, floor) = (MixtureFits.Start(codes, components, KeyedRandom.FromSeed(seed)), MixtureFits.VarianceFloor(codes));
        while (true)
        {
            yield return mixture;
            mixture = MixtureFits.Maximum(MixtureFits.Moments(mixture, codes), mixture, floor);
        }
    }
}
