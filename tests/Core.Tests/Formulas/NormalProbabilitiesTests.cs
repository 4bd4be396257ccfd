namespace Vae.Tests;

public class NormalProbabilitiesTests
{
    [Fact]
    public void TheDistributionFunctionInvertsTheQuantileFunction()
    {
        for (var k = -40; k <= 40; k++)
        {
            var p = 1 / (1 + Math.Exp(-k / 2.0));
            Assert.Equal(p, Normals.Cdf(Normals.Quantile(p)), 2e-15);
        }
        Assert.Equal((0.0, 0.5, 1.0), (Normals.Cdf(double.NegativeInfinity), Normals.Cdf(0), Normals.Cdf(double.PositiveInfinity)));
    }

    [Fact]
    public void ItIsTheIncompleteGammaFunctionOfTheSquare()
    {
        // P(½, x²/2) is the probability of |z| ≤ x; its logarithm of Γ costs it a digit.
        for (var x = 0.0; x < 12; x += 0.37)
            Assert.Equal(IncompleteGammas.Lower(0.5, x * x / 2), Normals.Cdf(x) - Normals.Cdf(-x), 2e-14);
    }
}
