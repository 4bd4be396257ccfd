namespace Vae.Tests;

public class LatentCloudsTests
{
    [Fact]
    public void MomentsMeetAHandComputedCloud()
    {
        // 0, 0, 0, 4 has mean 1, variance 3, third moment 6, fourth 21; the second dimension is 10 − 2 times the first.
        var cloud = LatentClouds.Moments(NdArray.FromValues([0, 10, 7, 0, 10, 7, 0, 10, 7, 4, 2, 7], 4, 3));
        Assert.Equal(4, cloud.Count);
        Assert.Equal(new CodeMoments(1, 3, 6 / (3 * Math.Sqrt(3)), 21 / 9.0 - 3), cloud.Dimensions[0]);
        Assert.Equal(8, cloud.Dimensions[1].Mean);
        Assert.Equal(12, cloud.Dimensions[1].Variance);
        Assert.Equal(-6 / (3 * Math.Sqrt(3)), cloud.Dimensions[1].Skewness, 1e-14);
        Assert.Equal(new CodeMoments(7, 0, 0, 0), cloud.Dimensions[2]);
        Assert.Equal([1, -1, 0, -1, 1, 0, 0, 0, 1], cloud.Correlations);
        Assert.Equal(1, cloud.LargestCorrelation);
        Assert.Equal(double.PositiveInfinity, cloud.KlToStandardNormal);
    }

    [Fact]
    public void MomentsOfAStandardizedShapeIgnoreShiftAndScale()
    {
        var codes = NdArray.Exp(Points.Normal(500, 3, 1));
        LatentCloud cloud = LatentClouds.Moments(codes), moved = LatentClouds.Moments(5.0 - 3.0 * codes);
        Assert.All(cloud.Dimensions.Zip(moved.Dimensions), pair =>
        {
            Assert.Equal(5 - 3 * pair.First.Mean, pair.Second.Mean, 1e-12);
            Assert.Equal(9 * pair.First.Variance, pair.Second.Variance, 1e-10);
            Assert.Equal(-pair.First.Skewness, pair.Second.Skewness, 1e-10);
            Assert.Equal(pair.First.ExcessKurtosis, pair.Second.ExcessKurtosis, 1e-9);
        });
        Assert.All(cloud.Correlations.Zip(moved.Correlations), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    [Fact]
    public void KlOfADiagonalNormalIsThatOfItsDimensions()
    {
        double[] mean = [0.3, -2, 0], variances = [0.5, 1, 9];
        var expected = Normals.KlToStandard(
            NdArray.FromValues(mean, 1, 3), NdArray.FromValues(Array.ConvertAll(variances, Math.Log), 1, 3)).Item;
        Assert.Equal(expected, LatentClouds.KlToStandardNormal(mean, Points.Diagonal(variances)), 1e-13);
    }

    [Fact]
    public void KlIsTheSameInTurnedAxes()
    {
        var turn = SymmetricMatrices.Eigen(Points.Covariance(6, 2)).Vectors;
        var codes = Points.Normal(300, 6, 3) * 1.7 + 0.4;
        Assert.Equal(LatentClouds.Moments(codes).KlToStandardNormal,
            LatentClouds.Moments(NdArray.MatMul(codes, turn)).KlToStandardNormal, 1e-10);
    }

    [Fact]
    public void KlIsAtLeastThatOfTheDiagonalNormal()
    {
        // Correlation adds −½ ln det R ≥ 0.
        var codes = NdArray.MatMul(Points.Normal(400, 5, 4), Points.Covariance(5, 5));
        var zero = NdArray.Full(double.NegativeInfinity, 400, 5);
        var diagonal = AggregatePosterior.GapToStandardNormal(codes, zero).ToArray().Sum();
        var cloud = LatentClouds.Moments(codes);
        Assert.Equal(diagonal - SymmetricMatrices.LogDeterminant(NdArray.FromValues([.. cloud.Correlations], 5, 5)) / 2,
            cloud.KlToStandardNormal, 1e-9);
        Assert.True(cloud.KlToStandardNormal > diagonal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(20)]
    public void AsManyCodesAsDimensionsSpanNoVolume(int size)
    {
        Assert.Equal(double.PositiveInfinity, LatentClouds.Moments(Points.Normal(size, size, 6)).KlToStandardNormal);
        Assert.True(double.IsFinite(LatentClouds.Moments(Points.Normal(size + 1, size, 6)).KlToStandardNormal));
    }

    [Fact]
    public void DrawsFromThePriorAreClose()
    {
        // Twice the count times this KL is a χ² with D + D (D + 1) / 2 = 44 degrees of freedom, above 112 once in ten millions.
        Assert.InRange(2 * 5000 * LatentClouds.Moments(Points.Normal(5000, 8, 7)).KlToStandardNormal, 0, 112);
    }

    [Fact]
    public void WhatIsNoCloudIsRefused() =>
        Assert.StartsWith("codes: must be [N, D] with N ≥ 1 and D ≥ 1, got [0, 3]",
            Assert.Throws<ArgumentException>(() => LatentClouds.Moments(NdArray.Full(0, 0, 3))).Message, StringComparison.Ordinal);
}
