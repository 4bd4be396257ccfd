using FsCheck.Xunit;

namespace Vae.Tests;

/// <summary>A point is the limit of a normal distribution whose deviation goes to 0.</summary>
public class PointsTests
{
    private static readonly Posterior Q = Posteriors.Point;

    [Property(Replay = "161,163")]
    public void TheCodeIsWhatTheEncoderGivesWhateverTheNoise(ulong seed)
    {
        NdArray code = Noise.Normal(seed, 3, 4), noise = Noise.Normal(seed + 1, 3, 4);
        Assert.Equal(code.ToArray(), Posteriors.Mean(Q, code).ToArray());
        Assert.Equal(code.ToArray(), Posteriors.Sample(Q, code, noise).ToArray());
    }

    [Fact]
    public void NothingThatNeedsADensityIsFinite()
    {
        var code = Noise.Normal(1, 3, 4);
        Assert.False(Posteriors.HasDensity(Q));
        Assert.All(Posteriors.LogVariance(Q, code).ToArray(), value => Assert.Equal(double.NegativeInfinity, value));
        Assert.All(Posteriors.LogDensity(Q, code, code)!.Value.ToArray(), value => Assert.Equal(double.PositiveInfinity, value));
        Assert.All(Divergences.Kl(Q, Priors.StandardNormal, code)!.Value.ToArray(), value => Assert.Equal(double.PositiveInfinity, value));
    }
}
