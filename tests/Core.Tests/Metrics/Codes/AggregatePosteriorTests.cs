namespace Vae.Tests;

public class AggregatePosteriorTests
{
    private static readonly NdArray Means = 2 * Noise.Normal(161, 50, 2) + NdArray.FromValues([0.5, -1], 2);
    private static readonly NdArray LogVariances = Noise.Normal(163, 50, 2);

    [Fact]
    public void MomentsAreThoseOfDraws()
    {
        const int each = 400;
        // Each of the 50 posteriors is drawn from equally often, so its draws are the aggregate's.
        var z = Reparameterizations.Normal(
            NdArray.Reshape(Means, 50, 1, 2) + NdArray.Full(0, 1, each, 1), NdArray.Reshape(LogVariances, 50, 1, 2),
            Noise.Normal(165, 50, each, 2)).ToArray();
        for (var d = 0; d < 2; d++)
        {
            var draws = z.Where((_, i) => i % 2 == d).ToArray();
            var mean = AggregatePosterior.Mean(Means).ToArray()[d];
            Noise.AssertMean(mean, draws);
            Noise.AssertMean(AggregatePosterior.Variance(Means, LogVariances).ToArray()[d],
                [.. draws.Select(x => (x - mean) * (x - mean))]);
        }
    }

    [Fact]
    public void OneStandardPosteriorHasNoGap() =>
        Assert.Equal([0, 0, 0], AggregatePosterior.GapToStandardNormal(NdArray.Full(0, 4, 3), NdArray.Full(0, 4, 3)).ToArray());

    [Fact]
    public void TheGapIsPositiveElsewhere() => Assert.All(
        AggregatePosterior.GapToStandardNormal(Means, LogVariances).ToArray(), gap => Assert.True(gap > 0));

    [Fact]
    public void UnitsAreActiveWhenTheirMeansVary()
    {
        var means = Noise.Normal(167, 100, 3) * NdArray.FromValues([1, 0.05, 0], 3) + 7;
        Assert.Equal(1, ActiveUnits.Count(means));
        Assert.Equal(2, ActiveUnits.Count(means, 1e-4));
        Assert.Equal(0, ActiveUnits.Variances(means)[2]);
        Assert.Equal(AggregatePosterior.Variance(means, NdArray.Full(double.NegativeInfinity, 100, 3)).ToArray(),
            ActiveUnits.Variances(means));
    }
}
