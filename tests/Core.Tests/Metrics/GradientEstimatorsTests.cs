namespace Vae.Tests;

/// <summary>Of E[z²] = μ² + σ², whose gradient is (2μ, 2σ).</summary>
public class GradientEstimatorsTests
{
    private const double Mu = 0.7, Sigma = 1.3;
    private const int Draws = 200_000;

    private static readonly NdArray Eps = Noise.Normal(3, Draws, 1);

    private static GradientEstimate Reparameterized { get; } = GradientEstimators.Reparameterized(Squared, Mu, Sigma, Eps);

    private static GradientEstimate Score { get; } = GradientEstimators.ScoreFunction(Squared, Mu, Sigma, Eps);

    private static Dual<NdArray> Squared(Dual<NdArray> z) => Dual<NdArray>.SumEvent(Dual<NdArray>.Square(z));

    [Fact]
    public void BothAreRightOnAverage()
    {
        foreach (var estimate in new[] { Reparameterized, Score })
        {
            Assert.Equal(2 * Mu, estimate.Mu, 7 * Math.Sqrt(estimate.MuVariance / Draws));
            Assert.Equal(2 * Sigma, estimate.Sigma, 7 * Math.Sqrt(estimate.SigmaVariance / Draws));
        }
    }

    // Var[2z] = 4σ², Var[2zε] = 4μ² + 8σ²; Var[z²ε/σ] = μ⁴/σ² + 14μ² + 15σ², from the moments of ε up to the sixth.
    [Fact]
    public void TheVariancesAreThoseOfTheMoments()
    {
        Assert.Equal(4 * Sigma * Sigma, Reparameterized.MuVariance, 0.1);
        Assert.Equal(4 * Mu * Mu + 8 * Sigma * Sigma, Reparameterized.SigmaVariance, 0.5);
        Assert.Equal(Math.Pow(Mu, 4) / (Sigma * Sigma) + 14 * Mu * Mu + 15 * Sigma * Sigma, Score.MuVariance, 2.5);
    }

    [Fact]
    public void ReparameterizationIsFarLessNoisy()
    {
        Assert.True(Score.MuVariance > 4 * Reparameterized.MuVariance);
        Assert.True(Score.SigmaVariance > 4 * Reparameterized.SigmaVariance);
    }

    [Fact]
    public void ReparameterizationHasNoNoiseInTheMeanOfALinearFunction()
    {
        var line = GradientEstimators.Reparameterized(z => Dual<NdArray>.SumEvent(3.0 * z), Mu, Sigma, Eps);
        Assert.Equal(3, line.Mu, 1e-12);
        Assert.Equal(0, line.MuVariance, 1e-20);
    }
}
