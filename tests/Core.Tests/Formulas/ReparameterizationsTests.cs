namespace Vae.Tests;

public class ReparameterizationsTests
{
    private const int Draws = 100_000;

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-3, 0.02)]
    [InlineData(5, 4)]
    public void DrawsHaveTheGivenMoments(double mu, double sigma)
    {
        var z = Reparameterizations.Normal(
            NdArray.Full(mu, Draws, 1), NdArray.Full(2 * Math.Log(sigma), Draws, 1), Noise.Normal(131, Draws, 1)).ToArray();
        Noise.AssertMean(mu, z);
        Noise.AssertMean(sigma * sigma, [.. z.Select(x => (x - mu) * (x - mu))]);
        Noise.AssertMean(0, [.. z.Select(x => Math.Pow(x - mu, 3))]);
        // P(√n·D > 2.7) = 2·exp(−2·2.7²) < 1e-6; Kolmogorov 1933.
        Assert.InRange(Noise.KolmogorovSmirnov(z, x => Noise.NormalCdf((x - mu) / sigma)), 0, 2.7);
    }

    [Fact]
    public void TheTestOfDistributionSeesAWrongOne()
    {
        var z = Noise.Normal(133, Draws).ToArray();
        Assert.True(Noise.KolmogorovSmirnov(z, x => Noise.NormalCdf(x - 0.03)) > 2.7);
        Assert.True(Noise.KolmogorovSmirnov(z, x => Noise.NormalCdf(x / 1.05)) > 2.7);
    }

    [Fact]
    public void ADrawMovesWithItsMeanOneToOne()
    {
        var (mu, logVar, eps) = Parts();
        var z = Reparameterizations.Normal(new Dual<NdArray>(mu, NdArray.Full(1, 50, 1)), Dual<NdArray>.Constant(logVar),
            Dual<NdArray>.Constant(eps));
        Assert.All(z.Tangent.ToArray(), slope => Assert.Equal(1, slope));
    }

    [Fact]
    public void ADrawMovesWithItsDeviationByTheNoise()
    {
        var (mu, logVar, eps) = Parts();
        // σ = exp(logVar / 2) is moved by 1: the log-variance by 2/σ.
        var moved = new Dual<NdArray>(logVar, 2 / NdArray.Exp(0.5 * logVar));
        var z = Reparameterizations.Normal(Dual<NdArray>.Constant(mu), moved, Dual<NdArray>.Constant(eps));
        Assert.All(z.Tangent.ToArray().Zip(eps.ToArray()),
            p => Assert.InRange(Math.Abs(p.First - p.Second), 0, 1e-15 * Math.Abs(p.Second)));
        var unit = Reparameterizations.Normal(
            Dual<NdArray>.Constant(mu), new Dual<NdArray>(0 * logVar, NdArray.Full(2, 50, 1)), Dual<NdArray>.Constant(eps));
        Assert.Equal(eps.ToArray(), unit.Tangent.ToArray());
    }

    private static (NdArray Mu, NdArray LogVar, NdArray Eps) Parts() =>
        (Noise.Normal(1, 50, 1), Noise.Normal(2, 50, 1), Noise.Normal(3, 50, 1));
}
