using FsCheck.Xunit;

namespace Vae.Tests;

public class KMeansTests
{
    private static NdArray Clouds(int count, double apart, long seed)
    {
        var points = Points.Normal(count, 3, seed).ToArray();
        return NdArray.FromValues([.. points.Select((value, at) => value + apart * (at / 3 % 4) * (at % 3 == 0 ? 1 : -1))], count, 3);
    }

    [Property(MaxTest = 20, Replay = "2,7")]
    public bool EveryPointIsNearestToTheMeanOfItsCluster(byte seed)
    {
        var points = Clouds(40, 1, seed);
        var found = KMeans.Clusters(points, 4, KeyedRandom.FromSeed(seed));
        double[] values = points.ToArray(), means = KMeans.Centres(values, 3, new double[12], [.. found]);
        return KMeans.Nearest(values, 3, means).SequenceEqual(found);
    }

    [Fact]
    public void SeparatedCloudsAreFound()
    {
        var found = KMeans.Clusters(Clouds(400, 20, 1), 4, KeyedRandom.FromSeed(5));
        Assert.Equal(1, Partitions.AdjustedRandIndex(found.AsSpan(), [.. Enumerable.Range(0, 400).Select(i => i % 4)]));
    }

    [Fact]
    public void MoreStartsAreNeverWorse()
    {
        var points = Clouds(60, 1.5, 3);
        double Spread(int starts)
        {
            var found = KMeans.Clusters(points, 5, KeyedRandom.FromSeed(8), starts);
            var values = points.ToArray();
            var means = KMeans.Centres(values, 3, new double[15], [.. found]);
            return found.Select((cluster, i) => PointClouds.SquaredDistance(values.AsSpan(3 * i, 3), means.AsSpan(3 * cluster, 3))).Sum();
        }
        Assert.True(Spread(20) <= Spread(5) + 1e-9 && Spread(5) <= Spread(1) + 1e-9);
    }

    [Fact]
    public void FewerPointsThanClustersAreRefused() => Assert.StartsWith("points: must be [N, D] with N ≥ 5",
        Assert.Throws<ArgumentException>(() => KMeans.Clusters(NdArray.Full(0, 4, 2), 5, KeyedRandom.FromSeed(1))).Message,
        StringComparison.Ordinal);
}
