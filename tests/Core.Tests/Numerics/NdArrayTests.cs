using FsCheck.Xunit;

namespace Vae.Tests;

public class NdArrayTests
{
    private static readonly NdArray Small = NdArray.FromValues([1, 2, 3, 4, 5, 6], 2, 3);

    [Fact]
    public void ShapesBroadcastFromTheRight()
    {
        Equal([11, 22, 33, 14, 25, 36], [2, 3], Small + NdArray.FromValues([10, 20, 30], 3));
        Equal([11, 12, 13, 24, 25, 26], [2, 3], Small + NdArray.FromValues([10, 20], 2, 1));
        Equal([2, 3, 4, 3, 4, 5], [1, 2, 3], NdArray.FromValues([1, 2], 1, 2, 1) + NdArray.FromValues([1, 2, 3], 3));
        Equal([2, 4, 6], [3], NdArray.FromValues([2], 1) * NdArray.FromValues([1, 2, 3], 3));
        Assert.Throws<ArgumentException>(() => Small + NdArray.FromValues([1, 2], 2));
    }

    [Fact]
    public void SumsRemoveTheirAxes()
    {
        Equal([5, 7, 9], [3], NdArray.Sum(Small, 0));
        Equal([6, 15], [2], NdArray.Sum(Small, 1));
        Equal([21], [], NdArray.Sum(Small, 1, 0));
        Equal(Small.ToArray(), [2, 3], NdArray.Sum(Small));
        Equal([6, 15], [2], NdArray.SumEvent(Small));
        Equal([6, 15], [2], NdArray.SumEvent(NdArray.Reshape(Small, 2, 1, 3)));
        Equal([1, 2], [2], NdArray.SumEvent(NdArray.FromValues([1, 2], 2)));
        Equal([0, 0], [2], NdArray.Sum(NdArray.FromValues([], 2, 0), 1));
    }

    [Fact]
    public void MatricesMultiplyTransposeAndSlice()
    {
        Equal([1, 4, 2, 5, 3, 6], [3, 2], NdArray.Transpose(Small));
        Equal([14, 32, 32, 77], [2, 2], NdArray.MatMul(Small, NdArray.Transpose(Small)));
        Equal([2, 3, 5, 6], [2, 2], NdArray.Slice(Small, 1, 1, 2));
        Equal([4, 5, 6], [1, 3], NdArray.Slice(Small, 0, 1, 1));
        Equal([], [0, 3], NdArray.Slice(Small, 0, 2, 0));
    }

    [Fact]
    public void WhatDoesNotFitIsRefused()
    {
        Assert.Throws<ArgumentException>(() => NdArray.FromValues([1, 2], 3));
        Assert.Throws<ArgumentException>(() => NdArray.Reshape(Small, 4));
        Assert.Throws<ArgumentException>(() => NdArray.Sum(Small, 2));
        Assert.Throws<ArgumentException>(() => NdArray.Sum(Small, -1));
        Assert.Throws<ArgumentException>(() => NdArray.LogSumExp(Small, -1));
        Assert.Throws<ArgumentException>(() => NdArray.Slice(Small, 1, 1, 3));
        Assert.Throws<ArgumentException>(() => NdArray.Slice(Small, 1, -1, 1));
        Assert.Throws<ArgumentException>(() => NdArray.MatMul(Small, Small));
        Assert.Throws<InvalidOperationException>(() => Small.Item);
    }

    [Fact]
    public void AnArrayKeepsItsValues()
    {
        double[] values = [1, 2];
        var array = NdArray.FromValues(values, 2);
        values[0] = array.ToArray()[1] = array.Dims[0] = 9;
        Equal([1, 2], [2], array);
    }

    [Theory]
    [InlineData(new[] { double.NegativeInfinity, double.NegativeInfinity }, double.NegativeInfinity)]
    [InlineData(new[] { double.NegativeInfinity, 3.0 }, 3.0)]
    [InlineData(new[] { double.PositiveInfinity, 3.0 }, double.PositiveInfinity)]
    [InlineData(new[] { double.PositiveInfinity, double.PositiveInfinity }, double.PositiveInfinity)]
    [InlineData(new[] { double.PositiveInfinity, double.NegativeInfinity }, double.PositiveInfinity)]
    [InlineData(new[] { 0.0, double.NaN }, double.NaN)]
    [InlineData(new[] { 1e308, 1e308 }, 1e308)]
    [InlineData(new[] { -1e308, -1e308 }, -1e308)]
    [InlineData(new[] { 1000.0, 1000.0 }, 1000.6931471805599)]
    [InlineData(new[] { -1000.0, -1000.0 }, -999.3068528194401)]
    [InlineData(new double[0], double.NegativeInfinity)]
    public void LogSumExpIsRightAtEveryEnd(double[] x, double expected)
    {
        Equal([expected, expected], [2], NdArray.LogSumExp(NdArray.FromValues([.. x, .. x], 2, x.Length), 1));
        Equal([expected], [1], NdArray.LogSumExp(NdArray.FromValues(x, x.Length, 1), 0));
    }

    [Property(Replay = "71,73")]
    public void LogSumExpMovesWithItsArguments(ulong seed)
    {
        var x = Noise.Normal(seed, 2, 5, 3);
        Assert.All(NdArray.LogSumExp(x + 500, 1).ToArray().Zip(NdArray.LogSumExp(x, 1).ToArray()),
            p => Assert.Equal(p.Second + 500, p.First, 1e-12));
    }

    private static void Equal(double[] values, int[] dims, NdArray actual)
    {
        Assert.Equal(values, actual.ToArray());
        Assert.Equal(dims, actual.Dims);
    }
}
