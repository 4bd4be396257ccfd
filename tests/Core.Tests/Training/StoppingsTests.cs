using FsCheck.Xunit;

namespace Vae.Tests;

public class StoppingsTests
{
    [Theory]
    [InlineData(2, 0, new double[] { 9, 8, 7, 6 })]
    [InlineData(2, 1, new double[] { 9, 8, 8, 8.5 })]
    [InlineData(2, 0, new double[] { 9, 8, 8, 7, 7 })]
    [InlineData(2, 2, new double[] { 5, 6, 6, 6, 6, 4, 4 })]
    [InlineData(1, 3, new double[] { 5, 6, 6, 6 })]
    public void AStallIsAGivenNumberOfEpochsWithoutANewMinimum(int patience, int stalls, double[] criteria) =>
        Assert.Equal(stalls, Stoppings.Stalls(criteria, patience));

    [Property(Replay = "53,55", MaxTest = 300)]
    public void StallsOnlyGrowWithTheHistory(byte[] values, byte patience)
    {
        var counts = Enumerable.Range(0, values.Length + 1)
            .Select(n => Stoppings.Stalls(values[..n].Select(v => (double)v), 1 + patience % 5)).ToArray();
        Assert.All(counts.Zip(counts.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 0, 1));
    }

    [Fact]
    public void TheRateFallsSoManyTimesAndNoMore()
    {
        var plateau = Stoppings.Plateau(3, 0.5, 2);
        Assert.Equal([1, 0.5, 0.25, 0.25], Enumerable.Range(0, 4).Select(stalls => Stoppings.RateAfter(plateau, stalls)));
        Assert.Equal([1, 1], new[] { Stoppings.Never, Stoppings.Patience(3) }.Select(stopping => Stoppings.RateAfter(stopping, 5)));
    }
}
