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
        var (step, example) = RankMeasurements.Step(Samples.Tiny.Model, Objectives.Elbo, 64);
        var (latency, each) = RankMeasurements.Exchange(Torch.Ranks.Single, 200_000);
        Assert.True(step > 0 || example > 0);
        Assert.True(latency > 0 && each >= 0);
    }
}
