namespace Vae.Tests;

public class DiscreteInformationTests
{
    private static readonly int[] Some = [.. Enumerable.Range(0, 600).Select(i => KeyedRandom.FromSeed(5).Below(7, i))];
    private static readonly int[] Other = [.. Enumerable.Range(0, 600).Select(i => (Some[i] + KeyedRandom.FromSeed(6).Below(2, i)) % 5)];

    [Fact]
    public void ItMeetsAHandComputedTable()
    {
        // p(0, 0) = 1/2, p(0, 1) = 1/4, p(1, 1) = 1/4.
        var expected = 0.5 * Math.Log(0.5 / (0.75 * 0.5)) + 0.25 * Math.Log(0.25 / (0.75 * 0.5)) + 0.25 * Math.Log(0.25 / (0.25 * 0.5));
        Assert.Equal(expected, DiscreteInformation.MutualInformation([0, 0, 0, 1], [0, 0, 1, 1]), 1e-15);
        Assert.Equal(1.5 * Math.Log(2), DiscreteInformation.Entropy([4, 4, 7, 1]), 1e-15);
    }

    [Fact]
    public void InformationIsSymmetricAndBoundedByBothEntropies()
    {
        var information = DiscreteInformation.MutualInformation(Some, Other);
        Assert.Equal(information, DiscreteInformation.MutualInformation(Other, Some), 1e-14);
        Assert.InRange(information, 1e-3, Math.Min(DiscreteInformation.Entropy(Some), DiscreteInformation.Entropy(Other)));
        Assert.Equal(DiscreteInformation.Entropy(Some), DiscreteInformation.MutualInformation(Some, Some), 1e-14);
        Assert.Equal(0, DiscreteInformation.MutualInformation(Some, new int[600]), 1e-14);
    }

    [Fact]
    public void BinsAreOfEqualWidthAndMeetBothEnds()
    {
        Assert.Equal([0, 0, 1, 2, 3, 3], DiscreteInformation.Bins([-1, -0.51, -0.5, 0.2, 0.5, 1], 4));
        Assert.Equal([0, 0], DiscreteInformation.Bins([3, 3], 20));
    }

    [Fact]
    public void NonsenseIsRefused()
    {
        Assert.Throws<ArgumentException>(() => DiscreteInformation.Entropy([]));
        Assert.Throws<ArgumentException>(() => DiscreteInformation.MutualInformation([1], [1, 2]));
        Assert.Throws<ArgumentException>(() => DiscreteInformation.Bins([1], 0));
    }
}
