using FsCheck.Xunit;

namespace Vae.Tests;

public class RocCurvesTests
{
    private static double[] Scores(ushort[]? raw, int kinds) => [.. (raw ?? []).Select(value => (double)(value % kinds)).DefaultIfEmpty(1)];

    private static double OverAllPairs(double[] positives, double[] negatives) =>
        positives.Average(p => negatives.Average(n => p > n ? 1.0 : p == n ? 0.5 : 0));

    private static double Trapezoids(ValueList<RocPoint> curve) =>
        curve.Skip(1).Zip(curve).Sum(pair => (pair.First.FalsePositiveRate - pair.Second.FalsePositiveRate) * (
            pair.First.TruePositiveRate + pair.Second.TruePositiveRate) / 2);

    [Property(Replay = "7,9")]
    public bool TheAreaCountsPairsTiesHalf(ushort[] raw, ushort[] others)
    {
        double[] positives = Scores(raw, 5), negatives = Scores(others, 5);
        return Math.Abs(RocCurves.Area(positives, negatives) - OverAllPairs(positives, negatives)) < 1e-12;
    }

    [Property(Replay = "7,9")]
    public bool TheAreaIsThatUnderTheCurve(ushort[] raw, ushort[] others)
    {
        double[] positives = Scores(raw, 9), negatives = Scores(others, 7);
        return Math.Abs(RocCurves.Area(positives, negatives) - Trapezoids(RocCurves.Points(positives, negatives))) < 1e-12;
    }

    [Property(Replay = "7,9")]
    public bool SwappingTheGroupsMirrorsTheArea(ushort[] raw, ushort[] others)
    {
        double[] positives = Scores(raw, 9), negatives = Scores(others, 9);
        return Math.Abs(RocCurves.Area(positives, negatives) + RocCurves.Area(negatives, positives) - 1) < 1e-12;
    }

    [Fact]
    public void TheCurveMeetsAHandComputedOne()
    {
        var curve = RocCurves.Points([3, 2, 2], [2, 1]);
        Assert.Equal([new(0, 0, double.PositiveInfinity), new(0, 1 / 3.0, 3), new(0.5, 1, 2), new(1, 1, 1)], curve);
    }

    [Fact]
    public void EqualDistributionsOfScoresHaveAnAreaOfOneHalf()
    {
        var scores = Points.Normal(200_000, 1, 1).ToArray();
        // Two groups of one distribution: 0.5 ± √((n + m + 1) / 12nm), six of them.
        Assert.Equal(0.5, RocCurves.Area(scores[..100_000], scores[100_000..]), 6 * Math.Sqrt(200_001 / (12 * 1e10)));
    }

    [Fact]
    public void ScoresThatAreNoneAreRefused()
    {
        Assert.StartsWith("positives: must hold at least one score, got none",
            Assert.Throws<ArgumentException>(() => RocCurves.Area([], [1])).Message, StringComparison.Ordinal);
        Assert.StartsWith("negatives[1]: must be a number, got NaN",
            Assert.Throws<ArgumentException>(() => RocCurves.Points([1], [1, double.NaN])).Message, StringComparison.Ordinal);
    }
}
