using FsCheck.Xunit;

namespace Vae.Tests;

public class NormalQuantilesTests
{
    // P(X < x) for x ≤ 0: a series without cancellation near the middle, Laplace's continued fraction in the tail.
    private static double Below(double x)
    {
        var density = Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
        if (x < -2.5)
        {
            var fraction = 0.0;
            for (var k = 400; k > 0; k--)
                fraction = k / (-x + fraction);
            return density / (-x + fraction);
        }
        double term = x, sum = x;
        for (var k = 1; k < 200; k++)
            sum += term *= x * x / (2 * k + 1);
        return 0.5 + density * sum;
    }

    [Fact]
    public void TheDistributionFunctionUndoesTheQuantile()
    {
        for (var exponent = -300.0; exponent < 0; exponent += 0.37)
        {
            var p = Math.Min(0.5, Math.Pow(10, exponent));
            // The tail halves within ln 2 / |x|: a relative error of p is |x|² larger than one of x.
            var x = Normals.Quantile(p);
            Assert.InRange(Below(x) / p - 1, -2e-15 * (10 + x * x), 2e-15 * (10 + x * x));
        }
        for (var p = 0.001; p <= 0.5; p += 0.001)
            Assert.Equal(p, Below(Normals.Quantile(p)), 1e-15);
    }

    // Newton's method on the distribution function in 140 decimals, for the double that each p is.
    [Theory]
    [InlineData(0.975, 1.95996398454005385560)]
    [InlineData(0.75, 0.67448975019608174320)]
    [InlineData(0.4999, -0.00025066283008800749)]
    [InlineData(0.2, -0.84162123357291416552)]
    [InlineData(0.001, -3.09023230616781353536)]
    [InlineData(1e-20, -9.26234008979840757957)]
    [InlineData(1e-300, -37.04709629936120052207)]
    public void ItMeetsLongComputedValues(double p, double x) => Assert.Equal(1, Normals.Quantile(p) / x, 1e-15);

    [Property(Replay = "7,9")]
    public bool ItIsOddAroundTheMiddle(uint any) =>
        // Dyadic fractions, so that 1 − p has no rounding of its own.
        (any + 0.5) / 4294967296 is var p && Normals.Quantile(p) == -Normals.Quantile(1 - p);

    [Fact]
    public void ItRisesAcrossItsPieces()
    {
        var places = Enumerable.Range(1, 9999).Select(k => k / 10000.0)
            .Concat(Enumerable.Range(0, 4000).Select(k => Math.Exp(-24.9 - k * 1e-4))).Order();
        var values = places.Select(Normals.Quantile).ToArray();
        Assert.All(values.Skip(1).Zip(values), pair => Assert.True(pair.First > pair.Second));
    }

    [Fact]
    public void TheEndsAreInfiniteAndBeyondThemIsNothing()
    {
        Assert.Equal(double.NegativeInfinity, Normals.Quantile(0));
        Assert.Equal(double.PositiveInfinity, Normals.Quantile(1));
        Assert.Equal(0, Normals.Quantile(0.5));
        Assert.StartsWith("p: must be 0 to 1, got -1", Assert.Throws<ArgumentOutOfRangeException>(() => Normals.Quantile(-1)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Normals.Quantile(double.NaN));
    }

    [Fact]
    public void DrawsAreStandardNormalAndKeyed()
    {
        var draws = Normals.Draws(20_000, 5, KeyedRandom.FromSeed(4));
        Assert.Equal([20_000, 5], draws.Dims);
        var cloud = LatentClouds.Moments(NdArray.Reshape(draws, 100_000, 1)).Dimensions[0];
        // Five standard errors: 1, √2, √6 and √24 over √n.
        Assert.Equal(0, cloud.Mean, 5 / Math.Sqrt(1e5));
        Assert.Equal(1, cloud.Variance, 5 * Math.Sqrt(2 / 1e5));
        Assert.Equal(0, cloud.Skewness, 5 * Math.Sqrt(6 / 1e5));
        Assert.Equal(0, cloud.ExcessKurtosis, 5 * Math.Sqrt(24 / 1e5));
        Assert.Equal(draws.ToArray(), Normals.Draws(20_000, 5, KeyedRandom.FromSeed(4)).ToArray());
        Assert.NotEqual(draws.ToArray(), Normals.Draws(20_000, 5, KeyedRandom.FromSeed(5)).ToArray());
    }
}
