namespace Vae.Torch.Tests;

public class AnomalyRanksTests
{
    private static readonly TableSchema Schema = new([
        new("a", new ColumnKind.Continuous(ColumnTransforms.None)), new("b", ColumnKinds.Categorical(["x", "y"])),
        new("c", new ColumnKind.ZeroInflated())]);

    private static RowShares Row(params double[] shares) => Seen([1, 1, 1, 1], shares);

    private static RowShares Seen(float[] observed, params double[] shares) => new(new([.. shares[..4]], shares[4]), new(observed));

    private static List<RowShares> Ordinary(double scale) => [.. Enumerable.Range(0, 100)
        .Select(i => Row(scale * i, i % 10, i / 2.0, i / 2.0, -i))];

    [Fact]
    public void TheScoreIsTheSumOfSquaredSurprises()
    {
        var ranked = new AnomalyRanks(Schema, Ordinary(1)).Rank(Row(50, 9, 40, 20, -99));
        double[] expected = [Math.Pow(Math.Log(101 / 51.0), 2), Math.Pow(Math.Log(101 / 11.0), 2), Math.Pow(Math.Log(101 / 41.0), 2), 0];
        Assert.Equal(expected, ranked.Values, (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(0, ranked.Code);
        Assert.Equal(expected.Sum(), ranked.Score, 1e-12);
    }

    [Fact]
    public void ThePrecisionOfAColumnDoesNotMatter() => Assert.Equal(
        new AnomalyRanks(Schema, Ordinary(1)).Rank(Row(70, 3, 40, 20, -9)).Score,
        new AnomalyRanks(Schema, Ordinary(1000)).Rank(Row(70_000, 3, 40, 20, -9)).Score, 1e-12);

    [Fact]
    public void AMissingCellIsNoSurprise()
    {
        var ranks = new AnomalyRanks(Schema, Ordinary(1).Append(Seen([0, 1, 1, 0], 0, 3, 5, 0, 1)));
        Assert.Equal([0, 0], ranks.Rank(Seen([0, 0, 0, 0], 0, 0, 0, 0, -50)).Values.Take(2));
        // Nor is it an ordinary one: 100 rows have the column; the largest ten exceed 90 by 4.5 on average.
        Assert.Equal(Math.Pow(Math.Log(101) + 0.5 / 4.5, 2), ranks.Rank(Row(99.5, 0, 0, 0, -99)).Values[0], 1e-12);
    }

    [Fact]
    public void StepsOfWindowsHaveOneReference()
    {
        var schema = new WindowSpec(2, 1, "t").Unrolled(new([new("a", ColumnKinds.Count), new("t", ColumnKinds.Count)]));
        Assert.Equal(2, schema.Width);
        static RowShares Window(double first, double second, double code) => new(new([first, second], code), new([1, 1]));
        var ranks = new AnomalyRanks(schema, Enumerable.Range(0, 50).Select(i => Window(i, 50 + i, -i)), steps: 2);
        // Of 100 shares, 51 are at least 49.
        double[] expected = [Math.Pow(Math.Log(101 / 52.0), 2), Math.Pow(Math.Log(101 / 52.0), 2)];
        Assert.Equal(expected, ranks.Rank(Window(49, 49, -49)).Values, (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void WithoutHeldOutRowsThereAreNoRanks() => Assert.Equal("score: must have held-out rows of the run for ranks, got none",
        Assert.Throws<VaeException>(() => new AnomalyRanks(Schema, [])).Message);
}
