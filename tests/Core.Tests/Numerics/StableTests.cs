using FsCheck.Xunit;

namespace Vae.Tests;

public class StableTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1e-300, 1e-300)]
    [InlineData(-1e-20, -1e-20)]
    [InlineData(1e-10, 9.9999999995e-11)]
    [InlineData(-1, double.NegativeInfinity)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(double.MaxValue, 709.782712893384)]
    [InlineData(-2, double.NaN)]
    [InlineData(double.NaN, double.NaN)]
    public void Log1pIsExact(double x, double expected) => AssertRelative(expected, Stable.Log1p(x), 4e-16);

    [Property(Replay = "81,83")]
    public void Log1pMatchesItsSeriesNearZero(int of)
    {
        var x = of * 1e-9 % 1e-4;
        // The next term is below 1e-24 of the first.
        AssertRelative(x * (1 - x * (1.0 / 2 - x * (1.0 / 3 - x * (1.0 / 4 - x * (1.0 / 5 - x / 6))))), Stable.Log1p(x), 5e-16);
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(800, 1)]
    [InlineData(-40, 4.248354255291589e-18)]
    [InlineData(-740, 4.2e-322)]
    [InlineData(-800, 0)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(double.NegativeInfinity, 0)]
    [InlineData(double.NaN, double.NaN)]
    public void SigmoidHasItsTails(double x, double expected) => AssertRelative(expected, Stable.Sigmoid(x), 4e-16);

    [Property(Replay = "81,85")]
    public void SigmoidsOfOppositesSumToOne(int of) =>
        Assert.Equal(1, Stable.Sigmoid(of % 5000 / 100.0) + Stable.Sigmoid(-(of % 5000) / 100.0), 3e-16);

    [Theory]
    [InlineData(-1e300, -1e300)]
    [InlineData(-800, -800)]
    [InlineData(0, -0.6931471805599453)]
    [InlineData(40, -4.248354255291589e-18)]
    [InlineData(800, 0)]
    [InlineData(double.NegativeInfinity, double.NegativeInfinity)]
    [InlineData(double.PositiveInfinity, 0)]
    public void LogSigmoidHasItsTailsAndSoftplusIsItsMirror(double x, double expected)
    {
        AssertRelative(expected, NdArray.LogSigmoid(NdArray.Full(x, 1)).Item, 4e-16);
        AssertRelative(-expected, Stable.Softplus(NdArray.Full(-x, 1)).Item, 4e-16);
    }

    [Fact]
    public void TheLogMeanOfEqualValuesIsTheValue() => Assert.All(
        [-1e5, 0, 3.25, 1e5], value => Assert.All(
            [.. Stable.LogMeanExp(NdArray.Full(value, 8, 3), 0).ToArray(), .. Stable.LogMeanExp(NdArray.Full(value, 8, 3), 1).ToArray()],
            mean => AssertRelative(value, mean, 1e-15)));

    private static void AssertRelative(double expected, double actual, double tolerance)
    {
        if (!double.IsFinite(expected))
            Assert.Equal(expected, actual);
        else
            Assert.InRange(Math.Abs(actual - expected), 0, tolerance * Math.Abs(expected) + double.Epsilon);
    }
}
