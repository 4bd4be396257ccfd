namespace Vae.Tests;

public class SampleManifoldsTests
{
    [Fact]
    public void ItMeetsAHandComputedLine()
    {
        // k = 1: the balls of 0, 1, 5 reach 1, 1, 4; those of 0.5, 1.5, 9 reach 1, 1, 7.5.
        var overlap = SampleManifolds.Overlap(NdArray.FromValues([0, 1, 5], 3, 1), NdArray.FromValues([0.5, 1.5, 9], 3, 1), 1);
        // 0.5 is in two balls, 1.5 in two, 9 in one; 0 and 1 and 5 are in balls of the generated, and each holds one.
        Assert.Equal(new ManifoldOverlap(1, 1, (2 + 2 + 1) / 3.0, 1), overlap);
    }

    [Fact]
    public void ASetCoversItself()
    {
        var points = Points.Normal(80, 3, 1);
        // A ball of k neighbours holds its own centre too.
        Assert.Equal(new ManifoldOverlap(1, 1, 6.0 / 5, 1), SampleManifolds.Overlap(points, points));
    }

    [Fact]
    public void SetsFarApartShareNothing() =>
        Assert.Equal(new(0, 0, 0, 0), SampleManifolds.Overlap(Points.Normal(50, 3, 1), Points.Normal(40, 3, 2) + 1000));

    [Fact]
    public void DrawsFromOneDistributionHaveDensityOneAndTheCoverageOfChance()
    {
        var overlap = SampleManifolds.Overlap(Points.Normal(1000, 2, 3), Points.Normal(1000, 2, 4));
        Assert.InRange(overlap.Density, 0.85, 1.15);
        // Naeem et al. 2020, lemma 2: 1 − ½⁵ for many points, with a deviation below 0.006.
        Assert.InRange(overlap.Coverage, 0.935, 0.995);
        Assert.InRange(overlap.Precision, 0.9, 1);
        Assert.InRange(overlap.Recall, 0.9, 1);
    }

    [Fact]
    public void AMissingModeCostsRecallAndCoverageAndABadSampleCostsPrecision()
    {
        NdArray Two(long key, double apart) =>
            NdArray.FromValues([.. Points.Normal(400, 2, key).ToArray().Select((value, at) => at < 400 ? value : value + apart)], 400, 2);
        var (real, one, wrong) = (Two(5, 50), Two(6, 0), Two(7, 500));
        var missing = SampleManifolds.Overlap(real, one);
        Assert.InRange(missing.Precision, 0.9, 1);
        Assert.InRange(missing.Recall, 0.4, 0.51);
        Assert.InRange(missing.Coverage, 0.4, 0.51);
        Assert.InRange(SampleManifolds.Overlap(real, wrong).Precision, 0.4, 0.51);
    }

    [Fact]
    public void ScaleDoesNotMatterAndTheOrderNeither()
    {
        NdArray a = Points.Normal(60, 3, 8), b = Points.Normal(70, 3, 9);
        Assert.Equal(SampleManifolds.Overlap(a, b), SampleManifolds.Overlap(4 * a, 4 * b));
        var turned = NdArray.FromValues([.. b.ToArray().Chunk(3).Reverse().SelectMany(row => row)], 70, 3);
        Assert.Equal(SampleManifolds.Overlap(a, b) with { Density = 0 }, SampleManifolds.Overlap(a, turned) with { Density = 0 });
    }

    [Fact]
    public void TooFewPointsOrOtherSpacesAreRefused()
    {
        var points = Points.Normal(6, 2, 1);
        Assert.StartsWith("generated: must be [N, D] with N ≥ 6", Assert.Throws<ArgumentException>(
            () => SampleManifolds.Overlap(points, Points.Normal(5, 2, 1))).Message, StringComparison.Ordinal);
        Assert.StartsWith("generated: must have 2 features", Assert.Throws<ArgumentException>(
            () => SampleManifolds.Overlap(points, Points.Normal(6, 3, 1))).Message, StringComparison.Ordinal);
        Assert.StartsWith("neighbours: must be at least 1, got 0",
            Assert.Throws<ArgumentException>(() => SampleManifolds.Overlap(points, points, 0)).Message, StringComparison.Ordinal);
    }
}
