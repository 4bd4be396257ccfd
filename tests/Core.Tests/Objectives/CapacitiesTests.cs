using FsCheck.Xunit;

namespace Vae.Tests;

public class CapacitiesTests
{
    [Property(Replay = "161,163")]
    public void NoFreeBitsAndNoCapacityAreTheMeanDivergence(ulong seed)
    {
        var kl = NdArray.Square(Noise.Normal(seed, 6, 3));
        var mean = NdArray.Sum(kl, 0, 1).Item / 6;
        Assert.Equal(mean, Capacities.AtLeast(kl, 0).Item, 1e-12 * (1 + mean));
        Assert.Equal(mean, Capacities.DistanceFrom(NdArray.SumEvent(kl), 0).Item, 1e-12 * (1 + mean));
    }

    [Property(Replay = "161,165")]
    public void FreeBitsAreTheMinimumCostOfALatent(ulong seed)
    {
        var kl = NdArray.Square(Noise.Normal(seed, 6, 3));
        var means = NdArray.Sum(kl, 0).ToArray().Select(sum => sum / 6);
        Assert.Equal(means.Sum(mean => Math.Max(mean, 0.8)), Capacities.AtLeast(kl, 0.8).Item, 1e-12);
        Assert.True(Capacities.AtLeast(kl, 0.8).Item >= Capacities.AtLeast(NdArray.Reshape(NdArray.SumEvent(kl), 6, 1), 0.8).Item - 1e-12);
    }

    [Fact]
    public void BelowFreeBitsThereIsNoGradient()
    {
        var kl = new Dual<NdArray>(NdArray.FromValues([0.1, 3, 0.2, 5], 2, 2), NdArray.Full(1, 2, 2));
        // The first latent lies below, the second above.
        Assert.Equal([1], Capacities.AtLeast(kl, 1).Tangent.ToArray());
        Assert.Equal([5], Capacities.AtLeast(kl, 1).Value.ToArray());
    }

    [Theory]
    [InlineData(1, -1)]
    [InlineData(0.2, 1)]
    public void ACapacityPullsFromBothSides(double nats, double fromAbove)
    {
        var kl = new Dual<NdArray>(NdArray.Full(0.5, 4), NdArray.Full(1, 4));
        Assert.Equal(Math.Abs(0.5 - nats), Capacities.DistanceFrom(kl, nats).Value.Item, 1e-15);
        Assert.Equal(fromAbove, Capacities.DistanceFrom(kl, nats).Tangent.Item, 1e-15);
    }
}
