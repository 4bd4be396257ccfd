namespace Vae.Tests;

public class InterpolationsTests
{
    private static double[] Row(NdArray path, int row) => NdArray.Slice(path, 0, row, 1).ToArray();

    private static double Length(double[] code) => Math.Sqrt(code.Sum(value => value * value));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void BothPathsBeginAndEndAtTheGivenPoints(int key)
    {
        double[] from = Points.Normal(1, 8, key).ToArray(), to = Points.Normal(1, 8, key + 100).ToArray();
        foreach (var path in new[] { Interpolations.Linear(from, to, 7), Interpolations.Spherical(from, to, 7) })
        {
            Assert.Equal([7, 8], path.Dims);
            Assert.All(Row(path, 0).Zip(from), pair => Assert.Equal(pair.Second, pair.First, 1e-14));
            Assert.All(Row(path, 6).Zip(to), pair => Assert.Equal(pair.Second, pair.First, 1e-14));
        }
    }

    [Fact]
    public void TheArcKeepsLengthAndTurnsEvenly()
    {
        var path = Interpolations.Spherical([3, 0, 0], [0, 0, 3], 4);
        for (var k = 0; k < 4; k++)
        {
            Assert.Equal(3, Length(Row(path, k)), 1e-14);
            Assert.Equal(Math.PI / 6 * k, Math.Atan2(Row(path, k)[2], Row(path, k)[0]), 1e-14);
        }
    }

    [Fact]
    public void ALineStepsEvenly()
    {
        var path = Interpolations.Linear([1, -1], [2, 5], 4);
        Points.AssertClose(NdArray.FromValues([1, -1, 4 / 3.0, 1, 5 / 3.0, 3, 2, 5], 4, 2), path, 1e-14);
        Assert.Equal(1, PathSmoothness.LargestOverMean(path), 1e-12);
        Assert.Equal(1, PathSmoothness.Straightness(path), 1e-12);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-2)]
    [InlineData(0)]
    public void WithoutOneCircleThePathIsStraight(double factor) =>
        Points.AssertClose(Interpolations.Linear([1, 2], [factor, 2 * factor], 5),
            Interpolations.Spherical([1, 2], [factor, 2 * factor], 5), 0);

    [Fact]
    public void NearlyParallelCodesGiveNearlyALine() =>
        Points.AssertClose(Interpolations.Linear([1, 2], [1, 2.00001], 9), Interpolations.Spherical([1, 2], [1, 2.00001], 9), 1e-10);

    [Fact]
    public void WhatHasNoPathIsRefused()
    {
        Assert.StartsWith("count: must be at least 2, got 1",
            Assert.Throws<ArgumentOutOfRangeException>(() => Interpolations.Linear([1], [2], 1)).Message, StringComparison.Ordinal);
        Assert.StartsWith("to: must have as many values as from, at least 1, got 1 and 2",
            Assert.Throws<ArgumentException>(() => Interpolations.Spherical([1], [2, 3], 2)).Message, StringComparison.Ordinal);
    }
}
