namespace Vae.Tests;

public class KlDecompositionsTests
{
    private const int Count = 200;

    private static readonly NdArray Noise = Points.Normal(Count, 3, 40);

    [Fact]
    public void ThePartsAddUpToTheAverageKl()
    {
        NdArray means = Points.Normal(Count, 3, 41), logVariances = Points.Normal(Count, 3, 42) - 1;
        var parts = KlDecompositions.Estimate(means, logVariances, Noise);
        var closed = Normals.KlToStandard(means, logVariances).ToArray().Average();
        // A Monte Carlo estimate: five of its own standard errors.
        Assert.InRange(parts.Kl, closed - 5 * parts.StandardError, closed + 5 * parts.StandardError);
        Assert.InRange(parts.StandardError, 0.01, 0.2);
        Assert.Equal(parts.Kl - parts.MutualInformation, parts.MarginalKl, 1e-12);
        Assert.InRange(parts.MutualInformation, 0, Math.Log(Count));
    }

    [Fact]
    public void CodesThatSayNothingHaveNoInformation()
    {
        var parts = KlDecompositions.Estimate(NdArray.Full(0, Count, 3), NdArray.Full(0, Count, 3), Noise);
        foreach (var part in new[] { parts.MutualInformation, parts.TotalCorrelation, parts.DimensionWiseKl })
            Assert.Equal(0, part, 1e-12);
    }

    [Fact]
    public void CodesFarApartIdentifyEveryExample()
    {
        // Each of N places alone in dimension 0, the others as the prior.
        var means = FactorSamples.Fill(Count, 3, (n, d) => d == 0 ? 100.0 * n : 0);
        var parts = KlDecompositions.Estimate(means, NdArray.Full(0, Count, 3), Noise);
        Assert.Equal(Math.Log(Count), parts.MutualInformation, 1e-9);
        Assert.Equal(0, parts.TotalCorrelation, 1e-9);
    }

    [Fact]
    public void DimensionsThatRepeatEachOtherAreCorrelated()
    {
        // Two places, the same in both dimensions: knowing one tells the other, ln 2; on a grid of four it tells nothing.
        var same = FactorSamples.Fill(Count, 3, (n, d) => d == 2 ? 0 : 100 * (n % 2));
        var grid = FactorSamples.Fill(Count, 3, (n, d) => d == 2 ? 0 : 100 * (n >> d & 1));
        var flat = NdArray.Full(0, Count, 3);
        KlDecomposition one = KlDecompositions.Estimate(same, flat, Noise), other = KlDecompositions.Estimate(grid, flat, Noise);
        Assert.Equal(Math.Log(2), one.MutualInformation, 1e-9);
        Assert.Equal(Math.Log(2), one.TotalCorrelation, 1e-9);
        Assert.Equal(2 * Math.Log(2), other.MutualInformation, 1e-9);
        Assert.Equal(0, other.TotalCorrelation, 1e-9);
    }

    [Fact]
    public void TheAggregateOfOneNormalIsThatNormal()
    {
        NdArray z = Points.Normal(5, 3, 43), mean = Points.Normal(1, 3, 44), logVariance = Points.Normal(1, 3, 45);
        Points.AssertClose(Normals.LogDensity(z, mean, logVariance), AggregatePosterior.LogDensity(z, mean, logVariance), 1e-12);
        Points.AssertClose(AggregatePosterior.LogDensity(z, mean, logVariance),
            NdArray.SumEvent(AggregatePosterior.LogDensityPerLatent(z, mean, logVariance)), 1e-12);
    }

    [Fact]
    public void DensitiesOfOtherDrawsAreRefused() =>
        Assert.Throws<ArgumentException>(() => KlDecompositions.FromLogDensities([1, 2], [1, 2], [1], [1, 2]));
}
