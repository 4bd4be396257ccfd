namespace Vae.Tests;

public class QuantilesTests
{
    [Theory]
    // 1 − e⁻³·(1 + 3), and 1 − e⁻ˣ.
    [InlineData(2, 3, 0.8008517265285442)]
    [InlineData(1, 0.25, 0.22119921692859512)]
    [InlineData(1, 30, 0.9999999999999064)]
    public void TheIncompleteGammaIsThatOfTheClosedForm(double a, double x, double expected)
    {
        Assert.Equal(expected, IncompleteGammas.Lower(a, x), 1e-14);
        Assert.Equal(1 - expected, IncompleteGammas.Upper(a, x), 1e-14);
    }

    [Theory]
    // Σ C(4, j)·xʲ·(1 − x)⁴⁻ʲ over j ≥ 2, xᵃ, and 2·asin(√x)/π.
    [InlineData(2, 3, 0.4, 0.5248)]
    [InlineData(2.5, 1, 0.3, 0.049295030175464945)]
    [InlineData(0.5, 0.5, 0.25, 0.3333333333333333)]
    [InlineData(2, 3, 0, 0)]
    [InlineData(2, 3, 1, 1)]
    public void TheIncompleteBetaIsThatOfTheClosedForm(double a, double b, double x, double expected)
    {
        Assert.Equal(expected, IncompleteBetas.Regularized(a, b, x), 1e-13);
        Assert.Equal(1 - expected, IncompleteBetas.Regularized(b, a, 1 - x), 1e-13);
    }

    [Theory]
    [InlineData(1e-6)]
    [InlineData(0.3)]
    [InlineData(7)]
    [InlineData(1e6)]
    public void ACountIsTheFirstThatReachesTheProbability(double mean)
    {
        for (var i = 0; i < 20; i++)
        {
            var p = (i + 0.5) / 20;
            var k = Quantiles.Poisson(mean, p);
            Assert.InRange(p, k == 0 ? 0 : IncompleteGammas.Upper(k, mean), IncompleteGammas.Upper(k + 1, mean));
            // r = 1: a geometric distribution, whose function is 1 − (μ/(1 + μ))ᵏ⁺¹.
            k = Quantiles.NegativeBinomial(mean, 1, p);
            Assert.InRange(p, 1 - Math.Pow(mean / (1 + mean), k) - 1e-12, 1 - Math.Pow(mean / (1 + mean), k + 1) + 1e-12);
        }
    }

    [Theory]
    [InlineData(1e-300)]
    [InlineData(0.5)]
    [InlineData(0.9999999999999999)]
    public void TheSearchOfCountsEnds(double p)
    {
        foreach (var mean in new[] { 1e-9, 1, 5e8 })
        {
            Assert.InRange(Quantiles.Poisson(mean, p), 0, 1e10);
            Assert.All([2e-9, 1, 5e8], r => Assert.InRange(Quantiles.NegativeBinomial(mean, r, p), 0, 1e17));
        }
    }

    [Fact]
    public void LogGammaOfANumberIsThatOfTensors() => Assert.All([1e-9, 0.5, 1, 3.5, 100, 1e6, 1e12],
        x => Assert.Equal(Gammas.LogGamma(NdArray.Full(x, 1)).Item, Gammas.LogGamma(x), 1e-13 * (1 + Math.Abs(Gammas.LogGamma(x)))));
}
