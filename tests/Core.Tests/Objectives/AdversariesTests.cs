using FsCheck.Xunit;

namespace Vae.Tests;

public class AdversariesTests
{
    [Property(Replay = "201,203")]
    public void TheLogDensityRatioIsTheOptimalDiscriminator(ulong seed)
    {
        // Of N(1, 1) against N(0, 1) it is x − ½, and its mean under the first is their divergence: what FactorVAE takes for it.
        NdArray real = Noise.Normal(seed, 4000, 1) + 1, other = Noise.Normal(seed + 1, 4000, 1);
        double Loss(double slope, double shift) =>
            NdArray.Sum(Adversaries.Distinguish(slope * real + shift, slope * other + shift), 0).Item / 4000;
        var best = Loss(1, -0.5);
        Assert.All(new[] { (0.3, -0.5), (3.0, -0.5), (1.0, 1.0), (1.0, -2.0), (0.0, 0.0), (-1.0, 0.5) },
            line => Assert.True(Loss(line.Item1, line.Item2) > best));
        Noise.AssertMean(Normals.Kl(NdArray.Full(1, 1), NdArray.Full(0, 1), NdArray.Full(0, 1), NdArray.Full(0, 1)).Item,
            (real - 0.5).ToArray());
    }

    [Fact]
    public void WithoutADifferenceItIsACoinToss()
    {
        Assert.Equal(2 * Math.Log(2), Adversaries.Distinguish(NdArray.Full(0, 1, 1), NdArray.Full(0, 1, 1)).Item, 1e-15);
        Assert.Equal(Math.Log(2), Adversaries.Deceive(NdArray.Full(0, 1, 1)).Item, 1e-15);
    }

    [Fact]
    public void WhoDeceivesNobodyHasTheGreatestGradient()
    {
        double Slope(double logit) => Adversaries.Deceive(new Dual<NdArray>(NdArray.Full(logit, 1, 1), NdArray.Full(1, 1, 1))).Tangent.Item;
        Assert.Equal(-1, Slope(-50), 1e-12);
        Assert.Equal(0, Slope(50), 1e-12);
    }
}
