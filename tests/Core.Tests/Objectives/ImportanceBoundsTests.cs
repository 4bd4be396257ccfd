using FsCheck.Xunit;

namespace Vae.Tests;

public class ImportanceBoundsTests
{
    private const int Draws = 12, Batch = 3;

    [Property(Replay = "167,169")]
    public void OneGroupIsTheWeightedBoundAndGroupsOfOneAreTheElbo(ulong seed)
    {
        var weights = 3 * Noise.Normal(seed, Draws, Batch);
        Near(Bounds.ImportanceWeighted(weights), ImportanceBounds.OfGroups(weights, 1));
        Near(NdArray.Sum(weights, 0) / Draws, ImportanceBounds.OfGroups(weights, Draws));
    }

    [Property(Replay = "167,171")]
    public void MoreGroupsOfTheSameDrawsAreALooserBound(ulong seed)
    {
        var weights = 3 * Noise.Normal(seed, Draws, Batch);
        foreach (var (fewer, more) in new[] { (1, 2), (2, 4), (4, 12), (1, 3), (3, 6) })
            Assert.All(ImportanceBounds.OfGroups(weights, fewer).ToArray().Zip(ImportanceBounds.OfGroups(weights, more).ToArray()),
                pair => Assert.True(pair.First > pair.Second - 1e-12));
    }

    [Property(Replay = "167,173")]
    public void TheCombinedBoundIsTheElboAtOneEndAndTheWeightedBoundAtTheOther(ulong seed)
    {
        var weights = 3 * Noise.Normal(seed, Draws, Batch);
        Near(NdArray.Sum(weights, 0) / Draws, ImportanceBounds.Combined(weights, 1));
        Near(Bounds.ImportanceWeighted(weights), ImportanceBounds.Combined(weights, 0));
        Near(0.3 * ImportanceBounds.Combined(weights, 1) + 0.7 * ImportanceBounds.Combined(weights, 0),
            ImportanceBounds.Combined(weights, 0.3));
    }

    private static void Near(NdArray expected, NdArray actual) =>
        Assert.All(expected.ToArray().Zip(actual.ToArray()),
            pair => Assert.Equal(pair.First, pair.Second, 1e-12 * (1 + Math.Abs(pair.First))));
}
