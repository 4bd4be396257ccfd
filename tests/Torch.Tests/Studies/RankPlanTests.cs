namespace Vae.Torch.Tests;

/// <summary>The cost model of ranks, and the constants that it is given.</summary>
public class RankPlanTests
{
    private static readonly RankCosts Costs = new(1e-3, 1e-4, 1e-5, 1e-9);
    private static readonly RankLoad Load = new(60_000, 1000, 1_000_000, 5000);

    [Fact]
    public void OneRankCommunicatesWithNone()
    {
        var one = RankPlan.Predict(Costs, Load, 1);
        Assert.Equal((0.101, 0, 1, 0), (one.StepSeconds, one.Communication, one.Efficiency, one.TrafficBytes));
        Assert.Equal(60 * 0.101, one.EpochSeconds, 9);
        Assert.Equal(5 * 4e6 + 2 * 4 * 1000.0 * 5000, one.MemoryBytes);
        // The mean of measured times is 1 up to its rounding.
        foreach (var count in Enumerable.Range(1, 100))
        {
            var times = ValueList.From(Enumerable.Range(1, count).Select(i => i / (0.5 * (count + 1))));
            var measured = RankPlan.Predict(Costs with { Host = new(2, 1.2, 4e-3, times) }, Load, 1);
            Assert.InRange(measured.Communication, 0, 1e-12);
            Assert.False(double.IsNegative(measured.Communication));
        }
    }

    // By hand: 1 ms + 250 · 0.1 ms, words 1e-5 · (2 + 3/4), exchange 6e-5 + 1.5 · 4e6 · 1e-9.
    [Fact]
    public void FourRanksMoveThreeHalvesOfTheGradient()
    {
        var four = RankPlan.Predict(Costs, Load, 4);
        Assert.Equal(0.026 + 2.75e-5 + 6e-5 + 6e-3, four.StepSeconds, 12);
        Assert.Equal(60 * 1.5 * 4e6, four.TrafficBytes);
        Assert.Equal(0.101 / (4 * four.StepSeconds), four.Efficiency, 12);
    }

    // By hand: 4 of 8 ranks on a machine of 2 cores, each in two turns; (1 ms − 0.8 ms + 0.1 ms + 125 · 0.1 ms) · 1.2 · 2, three meetings of
    // a turn of 4 ms, words 1e-5 · (3 + 7/4), exchange 14e-5 + 1.75 · 4e6 · 1e-9.
    [Fact]
    public void RanksBeyondTheCoresTakeTurns()
    {
        var costs = Costs with { UpdateSeconds = 8e-4, Host = new(2, 1.2, 4e-3, []) };
        var eight = RankPlan.Predict(costs, Load, 8, perHost: 4);
        Assert.Equal(0.0128 * 2.4 + 0.012 + 4.75e-5 + 1.4e-4 + 7e-3, eight.StepSeconds, 12);
        Assert.Equal(1 - 0.0128 * 2.4 / eight.StepSeconds, eight.Communication, 12);
        // On machines of their own they neither wait for a turn nor share memory.
        Assert.Equal(0.0128 + 4.75e-5 + 1.4e-4 + 7e-3, RankPlan.Predict(costs, Load, 8, perHost: 1).StepSeconds, 12);
    }

    [Fact]
    public void AStepTakesTheTimeOfTheSlowest()
    {
        // The greatest of R draws from two values is the smaller with probability 2⁻ᴿ.
        HostCosts two = new(1, 1, 0, [0.5, 1.5]), equal = new(1, 1, 0, [1, 1, 1]);
        Assert.All(Enumerable.Range(1, 8), ranks => Assert.Equal(1.5 - Math.Pow(0.5, ranks), two.Slowest(ranks), 12));
        Assert.All(Enumerable.Range(1, 8), ranks => Assert.Equal(1, equal.Slowest(ranks), 12));
    }

    [Fact]
    public void MoreRanksAreLessEfficient() => Assert.All(
        Enumerable.Range(0, 10).Select(power => 1L << power),
        ranks => Assert.True(RankPlan.Predict(Costs, Load, 2 * ranks).Efficiency < RankPlan.Predict(Costs, Load, ranks).Efficiency));

    [Fact]
    public void ValuesOfAnExampleAreThoseOfAllLayers() => Assert.Equal(
        // 6 → 5 → 5 → 4 and 2 → 5 → 5 → 6.
        6 + 5 + 5 + 4 + 2 + 5 + 5 + 6, RankPlan.ExampleValues(Samples.Tiny.Model));

    [Fact]
    public void MeasuredConstantsArePositive()
    {
        var costs = RankMeasurements.Step(Torch.Ranks.Single, Samples.Tiny.Model, Objectives.Elbo, 64, threads: 1);
        var (latency, each) = RankMeasurements.Exchange(Torch.Ranks.Single, 200_000);
        Assert.True(costs.StepSeconds > 0 || costs.ExampleSeconds > 0);
        Assert.True(costs.UpdateSeconds > 0 && costs.Host.Contention >= 1 && costs.Host.Turn == 0);
        Assert.Equal(1, costs.Host.Times.Average(), 9);
        Assert.True(latency > 0 && each >= 0);
    }
}
