namespace Vae.Tests;

public class NearestNeighboursTests
{
    [Fact]
    public void TheNearestMeetAHandComputedList() =>
        Assert.Equal([new(1, 0), new(2, 5), new(0, 5), new(3, 13)],
            NearestNeighbours.Find(NdArray.FromValues([-3, -4, 0, 0, 3, 4, 12, 5], 4, 2), [0, 0], 9).OrderBy(of => of.Distance)
                .ThenByDescending(of => of.Index));

    [Fact]
    public void EquallyNearPointsKeepTheirOrder() =>
        Assert.Equal([2, 0, 1], NearestNeighbours.Find(NdArray.FromValues([1, -1, 0], 3, 1), [0], 3).Select(of => of.Index));

    [Fact]
    public void NoPointLeftOutIsNearerThanOneTaken()
    {
        var points = Points.Normal(200, 3, 1);
        var query = Points.Normal(1, 3, 2).ToArray();
        var all = NearestNeighbours.Find(points, query, 200);
        Assert.Equal(Enumerable.Range(0, 200), all.Select(of => of.Index).Order());
        Assert.Equal(all.Select(of => of.Distance).Order(), all.Select(of => of.Distance));
        Assert.Equal(all.Take(7), NearestNeighbours.Find(points, query, 7));
    }

    [Fact]
    public void APointIsItsOwnNearest()
    {
        var points = Points.Normal(50, 4, 3);
        for (var i = 0; i < 50; i += 7)
            Assert.Equal(new(i, 0), NearestNeighbours.Find(points, NdArray.Slice(points, 0, i, 1).ToArray(), 1)[0]);
    }

    [Fact]
    public void WhatHasNoNeighboursIsRefused()
    {
        Assert.StartsWith("query: must have 2 values", Assert.Throws<ArgumentException>(
            () => NearestNeighbours.Find(NdArray.Full(0, 3, 2), [1], 1)).Message, StringComparison.Ordinal);
        Assert.StartsWith("count: must be at least 1, got 0", Assert.Throws<ArgumentOutOfRangeException>(
            () => NearestNeighbours.Find(NdArray.Full(0, 3, 1), [1], 0)).Message, StringComparison.Ordinal);
    }
}
