using FsCheck.Xunit;

namespace Vae.Tests;

/// <summary>Laws of orders that repeat labelled examples.</summary>
public class RepeatedLabelsTests
{
    private static (int[] Order, bool[] IsLabelled) Drawn(int count, int labelled, ulong seed)
    {
        var places = BlockShuffles.Order(Enumerable.Range(0, count).ToArray(), count, seed, 0);
        return ([.. BlockShuffles.Order(Enumerable.Range(0, count).ToArray(), count, seed, 1)],
            [.. Enumerable.Range(0, count).Select(i => places[i] < labelled)]);
    }

    [Property(Replay = "301,303")]
    public void AnyConsecutivePlacesHaveTheirShareUpToOne(ulong seed, byte more, byte part)
    {
        var (count, share) = (20 + more, part / 256.0);
        var (order, isLabelled) = Drawn(count, Math.Max(1, (int)(share * count / 2)), seed);
        var mixed = RepeatedLabels.Order(order, isLabelled, share).ToArray();
        Assert.Equal(count, mixed.Length);
        if (share * count <= isLabelled.Count(one => one))
            return;
        foreach (var length in (int[])[1, 7, 16, count])
            for (var first = 0; first + length <= count; first++)
                Assert.InRange(mixed.AsSpan(first, length).ToArray().Count(i => isLabelled[i]) - share * length, -1, 1);
    }

    [Property(Replay = "301,305")]
    public void LabelledExamplesComeEquallyOftenAndOthersAtMostOnceInTheOrder(ulong seed, byte more)
    {
        var (order, isLabelled) = Drawn(40 + more, 5, seed);
        var mixed = RepeatedLabels.Order(order, isLabelled, 0.4).ToArray();
        var times = mixed.Where(i => isLabelled[i]).CountBy(i => i).Select(pair => pair.Value).ToList();
        Assert.Equal(5, times.Count);
        Assert.InRange(times.Max() - times.Min(), 0, 1);
        var others = mixed.Where(i => !isLabelled[i]).ToArray();
        Assert.Equal(order.Where(i => !isLabelled[i]).Take(others.Length), others);
    }

    [Theory]
    [InlineData(20, 0.2), InlineData(20, 0), InlineData(100, 0.9)]
    public void WhereEnoughHaveALabelTheOrderStays(int labelled, double share)
    {
        var (order, isLabelled) = Drawn(100, labelled, 3);
        Assert.Equal(order, RepeatedLabels.Order(order, isLabelled, share).ToArray());
    }

    /// <summary>12 of 120 have a label and take half of the places, each 5 times.</summary>
    [Property(Replay = "301,307")]
    public void TheWeightedMeanIsThatOfAllExamples(ulong seed, ulong others)
    {
        const int count = 120, classes = 3;
        var (order, isLabelled) = Drawn(count, 12, seed);
        var value = Noise.Normal(others, count).ToArray();
        // Half of the unlabelled examples are left out, so they count alike here; on average over orders they do anyway.
        for (var i = 0; i < count; i++)
            value[i] = isLabelled[i] ? value[i] : 7;
        var mixed = RepeatedLabels.Order(order, isLabelled, 0.5).ToArray();
        var labels = NdArray.FromValues([.. mixed.SelectMany(i => (double[])[isLabelled[i] ? 1 : 0, 0, 0])], count, classes);
        var weights = PartialLabels.Weights(labels, 0.1, 0.5).ToArray();
        Assert.Equal(value.Average(), mixed.Zip(weights, (i, weight) => weight * value[i]).Average(), 1e-12);
        Assert.All(PartialLabels.Weights(labels, 0.6, 0.5).ToArray(), weight => Assert.Equal(1, weight));
    }
}
