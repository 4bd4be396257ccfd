namespace Vae.Tests;

public class PathSmoothnessTests
{
    [Fact]
    public void StepsAreDistancesOfNeighbours() =>
        Assert.Equal([5, 0, 13], PathSmoothness.Steps(NdArray.FromValues([0, 0, 3, 4, 3, 4, 8, 16], 4, 1, 2)));

    [Fact]
    public void AllChangeInOneStepHasTheMinimumSmoothness()
    {
        var jump = NdArray.FromValues([0, 0, 0, 1, 1, 1], 6, 1);
        Assert.Equal(5, PathSmoothness.LargestOverMean(jump), 1e-14);
        Assert.Equal(1, PathSmoothness.Straightness(jump), 1e-14);
    }

    [Fact]
    public void AWayThereAndBackIsNotStraight() =>
        Assert.Equal(0, PathSmoothness.Straightness(NdArray.FromValues([0, 2, 4, 2, 0], 5, 1)), 1e-14);

    [Fact]
    public void AnArcIsAsStraightAsItsChord() =>
        // A half circle in many steps: its diameter over its length.
        Assert.Equal(2 / Math.PI, PathSmoothness.Straightness(NdArray.FromValues(
            [.. Enumerable.Range(0, 1001).SelectMany(k => new[] { Math.Cos(Math.PI * k / 1000), Math.Sin(Math.PI * k / 1000) })],
            1001, 2)), 1e-5);

    [Fact]
    public void BothAreInTheirRangesAndIgnoreScale()
    {
        for (var key = 0; key < 20; key++)
        {
            var path = Points.Normal(12, 5, key);
            Assert.InRange(PathSmoothness.LargestOverMean(path), 1, 11);
            Assert.InRange(PathSmoothness.Straightness(path), 0, 1);
            Assert.Equal(PathSmoothness.LargestOverMean(path), PathSmoothness.LargestOverMean(9.0 - 3.0 * path), 1e-12);
        }
    }

    [Fact]
    public void APathThatStandsStillIsSmooth()
    {
        Assert.Equal(1, PathSmoothness.LargestOverMean(NdArray.Full(3, 4, 2)));
        Assert.Equal(1, PathSmoothness.Straightness(NdArray.Full(3, 4, 2)));
    }

    [Fact]
    public void OnePictureIsNoPath() =>
        Assert.StartsWith("path: must be [K, ...] with K ≥ 2, got [1, 4]",
            Assert.Throws<ArgumentException>(() => PathSmoothness.Steps(NdArray.Full(0, 1, 4))).Message, StringComparison.Ordinal);
}
