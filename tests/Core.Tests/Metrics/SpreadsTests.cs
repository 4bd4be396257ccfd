namespace Vae.Tests;

public class SpreadsTests
{
    [Fact]
    public void ASpreadMeetsAHandComputedOne() =>
        // Squares 9, 1, 1, 9 around 5 add up to 20, and 20/3 is the variance.
        Assert.Equal(new Spread(4, 5, Math.Sqrt(20 / 3.0), 2, 8), Spreads.Of(2, 4, 6, 8));

    [Fact]
    public void OneValueDoesNotVary() => Assert.Equal(new Spread(1, 3, 0, 3, 3), Spreads.Of(3));

    [Fact]
    public void ShiftMovesAndScaleStretches()
    {
        var values = Points.Normal(40, 1, 1).ToArray();
        Spread spread = Spreads.Of(values), moved = Spreads.Of(Array.ConvertAll(values, value => 7 - 3 * value));
        Assert.Equal(7 - 3 * spread.Mean, moved.Mean, 1e-12);
        Assert.Equal(3 * spread.Deviation, moved.Deviation, 1e-12);
        Assert.Equal((7 - 3 * spread.High, 7 - 3 * spread.Low), (moved.Low, moved.High));
        Assert.InRange(spread.Mean, spread.Low, spread.High);
    }

    [Fact]
    public void NothingAndWhatIsNotFiniteHaveNoSpread()
    {
        Assert.StartsWith("values: must hold at least one, got none", Assert.Throws<ArgumentException>(() => Spreads.Of()).Message, StringComparison.Ordinal);
        Assert.StartsWith("values[1]: must be finite, got NaN", Assert.Throws<ArgumentException>(() => Spreads.Of(1, double.NaN)).Message, StringComparison.Ordinal);
    }
}
