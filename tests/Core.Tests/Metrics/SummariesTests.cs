namespace Vae.Tests;

public class SummariesTests
{
    [Fact]
    public void ASpreadMeetsAHandComputedOne() =>
        // Squares 9, 1, 1, 9 around 5 add up to 20, and 20/3 is the variance.
        Assert.Equal(new Summary(4, 5, Math.Sqrt(20 / 3.0), 2, 8), Summaries.Summarize(2, 4, 6, 8));

    [Fact]
    public void OneValueDoesNotVary() => Assert.Equal(new Summary(1, 3, 0, 3, 3), Summaries.Summarize(3));

    [Fact]
    public void ShiftMovesAndScaleStretches()
    {
        var values = Points.Normal(40, 1, 1).ToArray();
        Summary summary = Summaries.Summarize(values), moved = Summaries.Summarize(Array.ConvertAll(values, value => 7 - 3 * value));
        Assert.Equal(7 - 3 * summary.Mean, moved.Mean, 1e-12);
        Assert.Equal(3 * summary.Deviation, moved.Deviation, 1e-12);
        Assert.Equal((7 - 3 * summary.High, 7 - 3 * summary.Low), (moved.Low, moved.High));
        Assert.InRange(summary.Mean, summary.Low, summary.High);
    }

    [Fact]
    public void NothingAndWhatIsNotFiniteHaveNoSpread()
    {
        Assert.StartsWith("values: must hold at least one, got none", Assert.Throws<ArgumentException>(() => Summaries.Summarize()).Message,
            StringComparison.Ordinal);
        Assert.StartsWith("values[1]: must be finite, got NaN",
            Assert.Throws<ArgumentException>(() => Summaries.Summarize(1, double.NaN)).Message, StringComparison.Ordinal);
    }
}
