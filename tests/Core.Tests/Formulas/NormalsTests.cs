using FsCheck.Xunit;

namespace Vae.Tests;

public class NormalsTests
{
    [Property(Replay = "101,103", MaxTest = 500)]
    public void KlIsNeverNegative(ulong seed, byte scale)
    {
        // Of every size from 1e-12 to 1e2; a sum of five terms may be off by their roundings.
        var size = Math.Pow(10, -12 + scale % 15);
        NdArray[] x = [.. Enumerable.Range(0, 4).Select(i => NdArray.Tanh(Noise.Normal(seed + (ulong)i, 4, 3)) * size)];
        double Rounding(NdArray mu, NdArray logVar) => 8 * double.Epsilon + 2e-15 * NdArray.Sum(
            NdArray.Exp(NdArray.Abs(logVar)) * (1 + NdArray.Square(mu)) + NdArray.Abs(logVar), 0, 1).Item;
        Assert.All(Normals.KlToStandard(x[0], x[1]).ToArray(), kl => Assert.True(kl >= -Rounding(x[0], x[1])));
        Assert.All(Normals.Kl(x[0], x[1], x[2], x[3]).ToArray(),
            kl => Assert.True(kl >= -Rounding(x[0] - x[2], NdArray.Abs(x[1]) + NdArray.Abs(x[3]))));
    }

    [Property(Replay = "101,105", MaxTest = 300)]
    public void KlIsZeroAtEqualityOnly(ulong seed)
    {
        NdArray mu = Noise.Normal(seed, 4, 3), logVar = Noise.Normal(seed + 1, 4, 3), apart = Noise.AwayFromZero(seed, 4, 3) * 0.01;
        Assert.All(Normals.Kl(mu, logVar, mu, logVar).ToArray(), kl => Assert.Equal(0, kl));
        Assert.All(Normals.KlToStandard(0 * mu, 0 * mu).ToArray(), kl => Assert.Equal(0, kl));
        Assert.All(Normals.Kl(mu, logVar, mu + apart, logVar).ToArray(), kl => Assert.True(kl > 0));
        Assert.All(Normals.Kl(mu, logVar, mu, logVar + apart).ToArray(), kl => Assert.True(kl > 0));
    }

    [Fact]
    public void LogVariancesAreBoundedSoftly()
    {
        NdArray Bounded(params double[] x) => Normals.BoundedLogVar(NdArray.FromValues(x, 1, x.Length));
        double[] inside = [-20, -19.5, -1e-9, 0, 1e-9, 3.25, 10];
        Assert.Equal(inside, Bounded(inside).ToArray());
        double[] all = [.. Enumerable.Range(-4000, 8001).Select(i => i / 100.0)];
        var bounded = Bounded(all).ToArray();
        Assert.All(bounded.Zip(bounded.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 1e-5, 0.01 + 1e-9));
        // Infinite beyond e^88 in float32.
        Assert.All(Bounded(-1e30, 1e5, 1e30).ToArray(), x => Assert.InRange(Math.Abs(x), 20, 90));
        Assert.Equal(10 + Math.Log(1 + 990), Bounded(1000).Item, 12);
        Assert.Equal(-20 - Math.Log(1 + 980), Bounded(-1000).Item, 12);
    }

    [Property(Replay = "101,107")]
    public void KlToTheStandardIsKlOfTwo(ulong seed)
    {
        NdArray mu = Noise.Normal(seed, 4, 3), logVar = Noise.Normal(seed + 1, 4, 3);
        Close(Normals.KlToStandard(mu, logVar), Normals.Kl(mu, logVar, 0 * mu, 0 * mu), 1e-14);
        Close(Normals.LogDensityStandard(mu), Normals.LogDensity(mu, 0 * mu, 0 * mu), 1e-14);
        Close(Normals.LogDensity(mu, logVar, 0.3), Normals.LogDensity(mu, logVar, 0 * mu + 2 * Math.Log(0.3)), 1e-13);
    }

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(1.5, -1, 0, 0)]
    [InlineData(-0.5, 1, 0.7, -0.4)]
    [InlineData(3, 0.2, -1, 1.5)]
    public void KlIsTheMeanOfItsDraws(double mu1, double logVar1, double mu2, double logVar2)
    {
        const int draws = 100_000;
        NdArray Full(double value) => NdArray.Full(value, draws, 1);
        var z = Reparameterizations.Normal(Full(mu1), Full(logVar1), Noise.Normal(111, draws, 1));
        var terms = Normals.LogDensity(z, Full(mu1), Full(logVar1)) - Normals.LogDensity(z, Full(mu2), Full(logVar2));
        Noise.AssertMean(Normals.Kl(NdArray.Full(mu1, 1, 1), NdArray.Full(logVar1, 1, 1), NdArray.Full(mu2, 1, 1),
            NdArray.Full(logVar2, 1, 1)).Item, terms.ToArray());
    }

    [Theory]
    [InlineData(1.5, -1)]
    [InlineData(-0.3, 0.8)]
    public void EntropyIsTheMeanOfMinusLogDensity(double mu, double logVar)
    {
        const int draws = 100_000;
        NdArray Full(double value) => NdArray.Full(value, draws, 1);
        var z = Reparameterizations.Normal(Full(mu), Full(logVar), Noise.Normal(113, draws, 1));
        Noise.AssertMean(Normals.Entropy(NdArray.Full(logVar, 1, 1)).Item, (-Normals.LogDensity(z, Full(mu), Full(logVar))).ToArray());
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-2, 0.05)]
    [InlineData(7, 3)]
    public void ADensityIntegratesToOne(double mu, double sigma)
    {
        // The trapezoidal rule over ±12 σ is exact to rounding for a Gaussian.
        const int points = 2401;
        var x = NdArray.FromValues([.. Enumerable.Range(0, points).Select(i => mu + sigma * (i - 1200) / 100.0)], points, 1);
        var fixedSigma = NdArray.Exp(Normals.LogDensity(x, NdArray.Full(mu, points, 1), sigma));
        var general = NdArray.Exp(Normals.LogDensity(x, NdArray.Full(mu, points, 1), NdArray.Full(2 * Math.Log(sigma), points, 1)));
        Assert.Equal(1, NdArray.Sum(fixedSigma, 0).Item * sigma / 100, 1e-12);
        Assert.Equal(1, NdArray.Sum(general, 0).Item * sigma / 100, 1e-12);
    }

    [Property(Replay = "101,109")]
    public void AVarianceOfAHalfIsTheSquaredError(ulong seed)
    {
        NdArray x = Noise.Normal(seed, 3, 2, 4), mean = Noise.Normal(seed + 1, 3, 2, 4);
        Close(NdArray.SumEvent(NdArray.Square(x - mean)) + 8 / 2.0 * Math.Log(Math.PI),
            Likelihoods.NegLogDensity(Likelihoods.SquaredError, mean, x), 1e-13);
    }

    private static void Close(NdArray expected, NdArray actual, double tolerance) => Assert.All(
        expected.ToArray().Zip(actual.ToArray()), p =>
            Assert.InRange(Math.Abs(p.First - p.Second), 0, tolerance * (1 + Math.Abs(p.First))));
}
