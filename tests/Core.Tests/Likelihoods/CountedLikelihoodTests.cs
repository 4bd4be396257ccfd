using FsCheck.Xunit;

namespace Vae.Tests;

public class CountedLikelihoodTests
{
    private static readonly Shape Image = Shape.Image(2, 3, 4);

    [Property(Replay = "181,183")]
    public void WhatIsSeenAndWhatIsNotAddUpToTheWhole(ulong seed, int observed)
    {
        var seen = Conditions.Observed(Conditions.Quadrants(1 + (observed & int.MaxValue) % 3), Image);
        NdArray parameters = Noise.Normal(seed, 5, 2, 3, 4), x = NdArray.Sigmoid(Noise.Normal(seed + 1, 5, 2, 3, 4));
        foreach (var likelihood in new[] { Likelihoods.Normal(0.7), Likelihoods.CrossEntropy })
            Assert.Equal(
                Likelihoods.NegLogDensity(likelihood, parameters, x).ToArray(),
                (Likelihoods.NegLogDensityOf(likelihood, parameters, x, seen)
                    + Likelihoods.NegLogDensityOf(likelihood, parameters, x, 1 - seen)).ToArray(),
                (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Property(Replay = "181,185")]
    public void WhatIsNotCountedIsNotLookedAt(ulong seed)
    {
        var seen = Conditions.Observed(Conditions.Quadrants(2), Image);
        NdArray parameters = Noise.Normal(seed, 5, 2, 3, 4), x = NdArray.Sigmoid(Noise.Normal(seed + 1, 5, 2, 3, 4));
        Assert.Equal(
            Likelihoods.NegLogDensityOf(Likelihoods.CrossEntropy, parameters, x, 1 - seen).ToArray(),
            Likelihoods.NegLogDensityOf(Likelihoods.CrossEntropy, parameters + 9 * seen, x * (1 - seen), 1 - seen).ToArray());
    }

    [Fact]
    public void WithoutQuadrantsNothingIsSeen() =>
        Assert.All(Conditions.Observed(Conditions.Label(3), Image).ToArray(), value => Assert.Equal(0, value));
}
