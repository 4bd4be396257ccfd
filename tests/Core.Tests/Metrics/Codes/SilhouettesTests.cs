namespace Vae.Tests;

public class SilhouettesTests
{
    [Fact]
    public void ItMeetsAHandComputedLine()
    {
        // Classes {0, 2}, {5, 9} and {6}: for 0, a = 2 and b = min((5 + 9) / 2, 6); for 5, a = 4 and b = min(4, 1).
        var values = Silhouettes.PerPoint(NdArray.FromValues([0, 2, 5, 9, 6], 5, 1), [7, 7, 0, 0, -3]);
        double[] expected = [(6 - 2) / 6.0, (4 - 2) / 4.0, (1 - 4) / 4.0, (3 - 4) / 4.0, 0];
        Assert.All(expected.Zip(values), pair => Assert.Equal(pair.First, pair.Second, 1e-14));
        Assert.Equal(expected.Average(), Silhouettes.Mean(NdArray.FromValues([0, 2, 5, 9, 6], 5, 1), [7, 7, 0, 0, -3]), 1e-14);
    }

    [Fact]
    public void FarTightClassesReachOneAndOneCloudReachesZero()
    {
        var points = Points.Normal(300, 3, 1);
        var labels = Enumerable.Range(0, 300).Select(i => i % 3).ToArray();
        var apart = NdArray.FromValues([.. points.ToArray().Select((value, at) => value * 1e-3 + labels[at / 3])], 300, 3);
        Assert.InRange(Silhouettes.Mean(apart, labels), 0.99, 1);
        Assert.InRange(Silhouettes.Mean(points, labels), -0.1, 0.1);
    }

    [Fact]
    public void ShiftScaleTurnAndNamesOfClassesDoNotMatter()
    {
        var points = Points.Normal(60, 4, 2);
        var labels = Enumerable.Range(0, 60).Select(i => i * i % 5).ToArray();
        var moved = 3.0 - 2.5 * NdArray.MatMul(points, SymmetricMatrices.Eigen(Points.Covariance(4, 3)).Vectors);
        var renamed = Array.ConvertAll(labels, label => 100 - 7 * label);
        Assert.All(Silhouettes.PerPoint(points, labels).Zip(Silhouettes.PerPoint(moved, renamed)),
            pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    [Fact]
    public void PointsInOnePlaceAreNotApart() => Assert.Equal([0, 0, 0, 0], Silhouettes.PerPoint(NdArray.Full(2, 4, 3), [0, 0, 1, 1]));

    [Fact]
    public void LabelsThatDivideNothingAreRefused()
    {
        var points = NdArray.Full(0, 3, 2);
        Assert.StartsWith("labels: must be one for each of 3 points, got 2",
            Assert.Throws<ArgumentException>(() => Silhouettes.PerPoint(points, [0, 1])).Message, StringComparison.Ordinal);
        Assert.StartsWith("labels: must be of at least 2 classes, got 1",
            Assert.Throws<ArgumentException>(() => Silhouettes.PerPoint(points, [4, 4, 4])).Message, StringComparison.Ordinal);
    }
}
