namespace Vae.Tests;

public class PairedDifferenceTests
{
    [Fact]
    public void StudentsSleepDataGiveHisResult()
    {
        // Student 1908: hours of sleep gained with two drugs by ten patients; t = −4.0621 with 9 degrees of freedom, p = 0.002833.
        double[] first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0], second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
        var difference = PairedDifference.Measure([.. first.Zip(second)])!;
        Assert.Equal((10, 1.58), (difference.Count, Math.Round(difference.Mean, 12)));
        Assert.Equal(4.0621, difference.Mean / difference.StandardError, 1e-4);
        Assert.Equal(0.002833, difference.P, 1e-6);
    }

    [Fact]
    public void EdgesHaveTheirLimits()
    {
        Assert.Null(PairedDifference.Measure([(1, 2)]));
        Assert.Equal(new(3, 0, 0, 1), PairedDifference.Measure([(1, 1), (2, 2), (5, 5)]));
        Assert.Equal(new(2, 1, 0, 0), PairedDifference.Measure([(1, 2), (2, 3)]));
        Assert.Equal(0.5, PairedDifference.Measure([(0, 2), (0, 0)])!.P, 1e-12);
    }
}
