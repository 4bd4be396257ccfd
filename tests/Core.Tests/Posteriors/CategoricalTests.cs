using FsCheck.Xunit;

namespace Vae.Tests;

public class CategoricalTests
{
    private const int Draws = 20_000;
    private static readonly Posterior Q = Posteriors.Categorical(3, Schedules.Linear(1, 1e-3, 2));
    private static readonly double[] Logits = [0.5, -1, 0.2, 1.5, 0, -0.7];

    [Fact]
    public void EvaluatedDrawsAreOneHotWithTheChancesOfTheSoftmax()
    {
        var z = Posteriors.Draw(Q, Repeated(Draws), Noise.Normal(1, Draws, 12)).Z.ToArray();
        Assert.All(z.Chunk(3), block => Assert.Equal([0, 0, 1], block.Order()));
        for (var k = 0; k < 6; k++)
            Noise.AssertMean(Probabilities[k], [.. Enumerable.Range(0, Draws).Select(n => z[6 * n + k])]);
    }

    [Property(Replay = "211,213")]
    public void TrainedDrawsAreOnTheSimplexAndOneHotInTheLimit(ulong seed)
    {
        NdArray outputs = Noise.Normal(seed, 4, 6), noise = Noise.Normal(seed + 1, 4, 12);
        var warm = Posteriors.Draw(Q, outputs, noise, State(0)).Z.ToArray();
        Assert.All(warm.Chunk(3), block => Assert.Equal(1, block.Sum(), 1e-12));
        Assert.All(warm, value => Assert.InRange(value, 0, 1));
        // At a temperature of 1/1000 two classes within 0.02 of each other still share: rare, and then both are between.
        var (cold, hard) = (Posteriors.Draw(Q, outputs, noise, State(2)).Z.ToArray(), Posteriors.Draw(Q, outputs, noise).Z.ToArray());
        Assert.All(cold.Chunk(3).Zip(hard.Chunk(3)), pair =>
            Assert.True(pair.First.Max() < 1 - 1e-8 || pair.First.Zip(pair.Second, (a, b) => Math.Abs(a - b)).Max() < 1e-7));
        Assert.Contains(cold, value => value > 0.999);
    }

    [Fact]
    public void TheDivergenceFromUniformIsThatOfTheProbabilitiesAndTheMeanOverDraws()
    {
        var prior = Priors.Uniform(Posteriors.Support(Q));
        var expected = Probabilities.Sum(p => p * Math.Log(3 * p));
        Assert.Equal(expected, Divergences.Kl(Q, prior, Repeated(1))!.Value.Item, 1e-12);
        Noise.AssertMean(
            expected, Divergences.MonteCarloKl(prior, Posteriors.Draw(Q, Repeated(Draws), Noise.Normal(2, Draws, 12))).ToArray());
        Assert.Equal(0, Divergences.Kl(Q, prior, NdArray.Full(0.3, 1, 6))!.Value.Item, 1e-15);
    }

    [Property(Replay = "211,215")]
    public void NothingDivergesLessThanNothing(ulong seed) =>
        Assert.All(Divergences.Kl(Q, Priors.Uniform(Posteriors.Support(Q)), 3.0 * Noise.Normal(seed, 5, 6))!.Value.ToArray(),
            kl => Assert.True(kl >= -1e-14));

    [Fact]
    public void TheCodeIsTheLikeliestAndTheVarianceThatOfEachClass()
    {
        Assert.Equal([1.0, 0, 0, 1, 0, 0], Posteriors.Mean(Q, Repeated(1)).ToArray());
        Assert.Equal(Probabilities.Select(p => Math.Log(p * (1 - p))), Posteriors.LogVariance(Q, Repeated(1)).ToArray(),
            (a, b) => Math.Abs(a - b) < 1e-12);
    }

    private static PartState<NdArray> State(double epoch) => new(_ => throw new InvalidOperationException(), training: true, epoch);

    private static double[] Probabilities => [.. Logits.Chunk(3).SelectMany(block => block.Select(l => Math.Exp(l) / block.Sum(Math.Exp)))];

    private static NdArray Repeated(int rows) => NdArray.Full(0, rows, 6) + NdArray.FromValues(Logits, 1, 6);
}
