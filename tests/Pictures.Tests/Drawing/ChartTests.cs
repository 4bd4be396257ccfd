namespace Vae.Tests;

public class ChartTests
{
    [Fact]
    public void CurvesAreAFunctionOfTheHistory()
    {
        Assert.Equal(Pictures.Curves(Runs.History(20)), Pictures.Curves(Runs.History(20)));
        Assert.NotEqual(Pictures.Curves(Runs.History(20)), Pictures.Curves(Runs.History(20, floor: 81)));
        Assert.NotEqual(Pictures.Curves(Runs.History(20)), Pictures.Curves(Runs.History(21)));
    }

    [Fact]
    public void CurvesHaveAPanelForEachTerm()
    {
        using var png = new Decoded(Pictures.Curves(Runs.History(20)));
        Assert.Equal(1800, png.Width);
        for (var panel = 0; panel < 3; panel++)
        {
            Assert.Contains(((byte)0x00, (byte)0x72, (byte)0xB2), Colours(png, panel * 600, (panel + 1) * 600));
            Assert.Contains(((byte)0xD5, (byte)0x5E, (byte)0x00), Colours(png, panel * 600, (panel + 1) * 600));
        }
    }

    [Fact]
    public void SchedulesAreDrawnWhereTheyVary() =>
        Assert.True(Pictures.Curves(Runs.History(20, scheduled: true)).Height > Pictures.Curves(Runs.History(20)).Height);

    [Fact]
    public void ANarrowPageStacksThePanels()
    {
        var narrow = Pictures.Curves(Runs.History(20), width: 360);
        Assert.Equal(720, narrow.Width);
        Assert.True(narrow.Height > 2 * Pictures.Curves(Runs.History(20)).Height);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void ARunThatDivergedIsDrawnAsFarAsItWent(double last)
    {
        var broken = Runs.History(6).Append([new(7, 700, 18, 24000, 1e-3, 1, new(last, last, last), new(last, last, last))]);
        using var png = new Decoded(Pictures.Curves(broken));
        Assert.Contains(((byte)0x00, (byte)0x72, (byte)0xB2), Colours(png, 100, 600));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1000)]
    public void AnyLengthOfHistoryCanBeDrawn(int epochs)
    {
        using var png = new Decoded(Pictures.Curves(Runs.History(epochs)));
        Assert.True(png.Colours() > 50);
    }

    [Fact]
    public void LettersAreDrawn()
    {
        // The headings of the first panel: title and unit, above any data.
        using var png = new Decoded(Pictures.Curves(Runs.History(20)));
        Assert.InRange(png.Inked(100, 110, 260, 165), 0.08, 0.6);
    }

    [Fact]
    public void TheEmbeddedLettersCoverWhatChartsSay()
    {
        foreach (var bold in new[] { false, true })
            Assert.Equal(Typefaces.For("a", bold),
                Typefaces.For("−ELBO KL β z₁ z₂ σ → × 0123456789.e−5 nats per example éüß αλμ кот", bold));
        Assert.StartsWith("Inter", Typefaces.For("a", bold: false).FamilyName, StringComparison.Ordinal);
    }

    // A box is seen to be missing; a blank is not.
    [Fact]
    public void ALetterThatNoTypefaceHasIsABox()
    {
        using var png = new Decoded(Pictures.Scatter([0, 0], [0], ["\U0010FFFD"]));
        Assert.InRange(png.Inked(1300, 50, png.Width - 44, 80), 0.1, 0.9);
    }

    [Fact]
    public void EveryClassHasAColourOfItsOwn()
    {
        var points = Enumerable.Range(0, 20).Select(i => (float)i).ToArray();
        using var png = new Decoded(Pictures.Scatter(points, [.. Enumerable.Range(0, 10)]));
        Assert.Equal(10, Enumerable.Range(0, 10).Select(i => Palette.Color(i)).Distinct().Count());
        foreach (var i in Enumerable.Range(0, 10))
            Assert.Contains((Palette.Color(i).Red, Palette.Color(i).Green, Palette.Color(i).Blue),
                Colours(png, png.Width - 150, png.Width));
    }

    [Fact]
    public void PointsThatAreNotFiniteAreLeftOut()
    {
        float[] points = [0, 0, 1, 1, float.NaN, 0, 0, float.PositiveInfinity];
        Assert.Equal(Pictures.Scatter([0, 0, 1, 1]), Pictures.Scatter(points));
    }

    [Fact]
    public void BarsStandInOrderOfTheirValues()
    {
        var ordered = Pictures.Bars([3, 2, 1]);
        Assert.NotEqual(ordered, Pictures.Bars([1, 3, 2]));
        using var png = new Decoded(Pictures.Bars([1, double.NaN, 3, 2]));
        int Height(int part) => Enumerable.Range(0, png.Height)
            .Count(y => png[112 + (int)((part + 0.6) / 4.2 * 1648), y] == (0x00, 0x72, 0xB2));
        Assert.True(Height(0) > Height(1) && Height(1) > Height(2) && Height(2) > 0);
        Assert.Equal(0, Height(3));
        Assert.InRange(Height(0) / (double)Height(2), 2.9, 3.1);
    }

    [Fact]
    public void AnEmptyPlotIsRefused()
    {
        Refuses("history: must hold at least one epoch, got none", () => Pictures.Curves([]));
        Refuses("width: must be between 300 and 4000, got 10", () => Pictures.Curves(Runs.History(1), width: 10));
        Refuses("points: must hold at least one, got none", () => Pictures.Scatter([]));
        Refuses("points: must be pairs of coordinates, got 3 values", () => Pictures.Scatter([1, 2, 3]));
        Refuses("points: must hold at least one finite point, got none", () => Pictures.Scatter([float.NaN, 1]));
        Refuses("labels: must be 1, one per point, got 2", () => Pictures.Scatter([1, 2], [0, 1]));
        Refuses("labels: must be 0 to 1, an index into classNames, got 2", () => Pictures.Scatter([1, 2], [2], ["a", "b"]));
        Refuses("labels: must be at least 0, got -1", () => Pictures.Scatter([1, 2], [-1]));
        Refuses("values: must hold at least one, got none", () => Pictures.Bars([]));
    }

    [Theory]
    [InlineData(0, 1, 5)]
    [InlineData(-3.2, 117, 6)]
    [InlineData(1e-5, 1e-3, 5)]
    [InlineData(99.99, 100.01, 4)]
    [InlineData(0.3, 5.1, 5)]
    public void TicksAreRoundAndWithinTheAxis(double low, double high, int about)
    {
        var (step, values) = Ticks.Place(new(low, high), about);
        Assert.InRange(values.Count, Math.Max(3, about / 2), 2 * about);
        Assert.All(values, value => Assert.InRange(value, low - step * 1e-6, high + step * 1e-6));
        Assert.Contains(Math.Round(step / Math.Pow(10, Math.Floor(Math.Log10(step) + 1e-9)), 6), new[] { 1.0, 2.0, 5.0 });
    }

    [Theory]
    [InlineData(new[] { 1.0, 49 }, false)]
    [InlineData(new[] { 1.0, 51 }, true)]
    [InlineData(new[] { 0, 1e6 }, false)]
    [InlineData(new[] { 1e-7, double.NaN, 4e-3 }, true)]
    public void AnAxisOfManyOrdersIsLogarithmic(double[] values, bool logarithmic)
    {
        var axis = Extent.AroundOrders(values);
        Assert.Equal(logarithmic, axis.IsLogarithmic);
        var finite = values.Where(double.IsFinite).ToArray();
        Assert.All(finite, value => Assert.InRange(axis.At(value), 0, 1));
        if (!logarithmic)
            return;
        var ticks = Ticks.Powers(axis);
        Assert.InRange(ticks.Count, 3, 9);
        Assert.All(ticks, tick => Assert.InRange(axis.At(tick), -1e-6, 1 + 1e-6));
        // Equal ratios are equally far apart.
        Assert.Equal(axis.At(finite[0] * 10) - axis.At(finite[0]), axis.At(finite[0] * 100) - axis.At(finite[0] * 10), 9);
    }

    [Theory]
    [InlineData(0.001, "0.001")]
    [InlineData(1e-7, "1e−7")]
    [InlineData(200, "200")]
    [InlineData(50000, "50k")]
    [InlineData(1e8, "1e8")]
    public void LogarithmicTicksAreShort(double value, string text) => Assert.Equal(text, Ticks.Text(value));

    [Theory]
    [InlineData(0.5, 0.5, "0.5")]
    [InlineData(-20, 10, "−20")]
    [InlineData(0, 0.0002, "0")]
    [InlineData(0.0006, 0.0002, "6e−4")]
    [InlineData(2, 0.05, "2.00")]
    [InlineData(-12500, 500, "−12.5k")]
    [InlineData(12340, 10, "12.34k")]
    [InlineData(9000, 1000, "9000")]
    [InlineData(3e8, 1e8, "3e8")]
    public void TicksShowThePlacesTheyNeed(double value, double step, string text) => Assert.Equal(text, Ticks.Text(value, step));

    private static HashSet<(byte, byte, byte)> Colours(Decoded png, int left, int right)
    {
        var colours = new HashSet<(byte, byte, byte)>();
        for (var y = 0; y < png.Height; y++)
        {
            for (var x = left; x < right; x++)
                colours.Add(png[x, y]);
        }
        return colours;
    }

    private static void Refuses(string message, Action draw) => Assert.Equal(message, Assert.Throws<VaeException>(draw).Message);
}
