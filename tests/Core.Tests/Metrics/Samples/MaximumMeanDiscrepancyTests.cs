namespace Vae.Tests;

public class MaximumMeanDiscrepancyTests
{
    [Fact]
    public void ItMeetsPairsWrittenOut()
    {
        // Points 0, 1 and 3, 5 on a line: squared distances 1 and 4 within, 9, 25, 4, 16 across.
        NdArray a = NdArray.FromValues([0, 1], 2, 1), b = NdArray.FromValues([3, 5], 2, 1);
        Assert.Equal(Expected(d => Math.Exp(-d / 8)), MaximumMeanDiscrepancy.RadialBasis(a, b, 2), 1e-15);
        Assert.Equal(Expected(d => 3 / (3 + d)), MaximumMeanDiscrepancy.InverseMultiquadratic(a, b, 3), 1e-15);

        static double Expected(Func<double, double> k) => k(1) + k(4) - (k(9) + k(25) + k(4) + k(16)) / 2;
    }

    [Fact]
    public void ItsMeanIsTheClosedFormForTwoNormals()
    {
        // E exp(−‖x − y‖² / 2σ²) for x − y ~ N(m, 2 I) is (σ² / (σ² + 2))^(D/2) exp(−‖m‖² / 2(σ² + 2)).
        const double sigma = 1.5, shift = 0.8, wide = sigma * sigma + 2;
        const int size = 3, repetitions = 100;
        var expected = 2 * Math.Pow(sigma * sigma / wide, size / 2.0) * (1 - Math.Exp(-size * shift * shift / (2 * wide)));
        var values = Enumerable.Range(0, repetitions)
            .Select(k => MaximumMeanDiscrepancy.RadialBasis(Points.Normal(100, size, 2 * k), Points.Normal(100, size, 2 * k + 1) + shift,
                sigma)).ToArray();
        AssertMean(expected, values);
    }

    // Six standard errors, of at least a hundred values.
    private static void AssertMean(double expected, double[] values)
    {
        var mean = values.Average();
        var deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
        Assert.Equal(expected, mean, 6 * deviation / Math.Sqrt(values.Length));
        Assert.InRange(deviation, 0.001, 0.1);
    }

    [Fact]
    public void DrawsOfOneDistributionGiveAboutZeroOnEitherSide()
    {
        var values = Enumerable.Range(0, 100).Select(
            k => MaximumMeanDiscrepancy.InverseMultiquadratic(Points.Normal(80, 4, 2 * k), Points.Normal(80, 4, 2 * k + 1), 8)).ToArray();
        Assert.Contains(values, value => value < 0);
        Assert.Contains(values, value => value > 0);
        AssertMean(0, values);
    }

    [Fact]
    public void ItIsSymmetricAndIgnoresOrderAndShiftOfBoth()
    {
        NdArray a = Points.Normal(30, 3, 1), b = Points.Normal(50, 3, 2) * 1.4;
        var reversed = NdArray.FromValues([.. a.ToArray().Chunk(3).Reverse().SelectMany(row => row)], 30, 3);
        var value = MaximumMeanDiscrepancy.RadialBasis(a, b, 1);
        Assert.Equal(value, MaximumMeanDiscrepancy.RadialBasis(b, a, 1), 1e-14);
        Assert.Equal(value, MaximumMeanDiscrepancy.RadialBasis(reversed, b, 1), 1e-14);
        Assert.Equal(value, MaximumMeanDiscrepancy.RadialBasis(a + 7.0, b + 7.0, 1), 1e-13);
    }

    [Fact]
    public void FarCloudsOfOnePointEachReachTheMaximum()
    {
        var at = NdArray.Full(0, 5, 2);
        Assert.Equal(2, MaximumMeanDiscrepancy.RadialBasis(at, at + 1000.0, 1), 1e-14);
        Assert.Equal(0, MaximumMeanDiscrepancy.RadialBasis(at, at, 1), 1e-14);
    }

    [Fact]
    public void TheMedianDistanceIsOverAllPairs()
    {
        // Pairs of 0, 1, 3, 5: 1, 3, 5, 2, 4, 2.
        Assert.Equal(2.5, MaximumMeanDiscrepancy.MedianDistance(NdArray.FromValues([0, 3], 2, 1), NdArray.FromValues([5, 1], 2, 1)), 1e-14);
    }

    [Fact]
    public void WhatCannotBeComparedIsRefused()
    {
        var a = NdArray.Full(0, 4, 2);
        Assert.StartsWith(
            "bandwidth: must be finite and above 0, got 0",
            Assert.Throws<ArgumentOutOfRangeException>(() => MaximumMeanDiscrepancy.RadialBasis(a, a, 0)).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "a: must be [N, D] with N ≥ 2",
            Assert.Throws<ArgumentException>(() => MaximumMeanDiscrepancy.RadialBasis(NdArray.Full(0, 1, 2), a, 1)).Message,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "b: must have 2 dimensions, as many as a, got 3",
            Assert.Throws<ArgumentException>(() => MaximumMeanDiscrepancy.RadialBasis(a, NdArray.Full(0, 4, 3), 1)).Message,
            StringComparison.Ordinal);
    }
}
