namespace Vae.Tests;

public class LikelihoodsTests
{
    [Fact]
    public void ALikelihoodsMeanIsItsExpectation()
    {
        var logits = NdArray.FromValues([-2, 0.3, 1.5], 3, 1);
        // E[x] = 1·P(x = 1).
        Assert.All(
            Likelihoods.Mean(Likelihoods.Bernoulli, logits).ToArray().Zip(
                Likelihoods.NegLogDensity(Likelihoods.Bernoulli, logits, NdArray.Full(1, 3, 1)).ToArray()),
            p => Assert.Equal(Math.Exp(-p.Second), p.First, 1e-15));
        Assert.Equal(logits.ToArray(), Likelihoods.Mean(Likelihoods.Normal(0.1), logits).ToArray());
    }

    [Fact]
    public void OnlyGreyBernoullisAreNoDensity()
    {
        Assert.False(Likelihoods.IsDensity(Likelihoods.CrossEntropy));
        Assert.All([Likelihoods.Bernoulli, Likelihoods.Normal(), Likelihoods.SquaredError], l => Assert.True(Likelihoods.IsDensity(l)));
    }

    [Fact]
    public void DifferentLikelihoodsHaveDifferentNames() =>
        Assert.Equal(["normal, σ = 0.7071", "Bernoulli", "cross-entropy"],
            new[] { Likelihoods.SquaredError, Likelihoods.Bernoulli, Likelihoods.CrossEntropy }.Select(Likelihoods.Name));

    [Fact]
    public void ALikelihoodPrintsWhatItWasMadeWithAndNothingComputed() =>
        Assert.Equal("Laplace { Scale = Fixed { Sigma = 0.5 } }", $"{Likelihoods.Laplace(Scales.Fixed(0.5))}");

    [Fact]
    public void APartWithoutSettingsTakesNone()
    {
        var poisson = Likelihoods.Poisson().Formulas();
        Assert.Same(poisson, poisson.With([]));
        Assert.StartsWith("settings: must be empty for Poisson, got [1]",
            Assert.Throws<ArgumentException>(() => poisson.With([1])).Message);
    }
}
