namespace Vae.Tests;

public class AttributeVectorsTests
{
    private static readonly bool[] Has = [.. Enumerable.Range(0, 60).Select(i => i % 3 == 0)];

    [Fact]
    public void AVectorMeetsAHandComputedOne() =>
        Assert.Equal([3 - 1.5, 4 - 0.5],
            AttributeVectors.Difference(NdArray.FromValues([2, 4, 4, 4, 1, 0, 2, 1], 4, 2), [true, true, false, false]));

    [Fact]
    public void TheOppositeAttributeHasTheOppositeVector()
    {
        var codes = Points.Normal(60, 4, 1);
        Assert.All(AttributeVectors.Difference(codes, Has).Zip(AttributeVectors.Difference(codes, Array.ConvertAll(Has, flag => !flag))),
            pair => Assert.Equal(pair.First, -pair.Second, 1e-14));
    }

    [Fact]
    public void WhatIsAddedToThoseThatHaveItIsFound()
    {
        double[] added = [0.7, 0, -2];
        var codes = Points.Normal(60, 3, 2);
        var shifted = NdArray.FromValues([.. codes.ToArray().Select((value, at) => value + (Has[at / 3] ? added[at % 3] : 0))], 60, 3);
        Assert.All(AttributeVectors.Difference(shifted, Has).Zip(AttributeVectors.Difference(codes, Has), added.Select(value => value)),
            of => Assert.Equal(of.Third, of.First - of.Second, 1e-12));
    }

    [Fact]
    public void AShiftOfAllCodesChangesNothing()
    {
        var codes = Points.Normal(60, 3, 3);
        Assert.All(AttributeVectors.Difference(codes, Has).Zip(AttributeVectors.Difference(codes + 5.0, Has)),
            pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    [Fact]
    public void AnAttributeOfAllOrNoneIsRefused()
    {
        foreach (var all in new[] { true, false })
            Assert.StartsWith("has: must be set for some codes and not for others", Assert.Throws<ArgumentException>(
                () => AttributeVectors.Difference(NdArray.Full(0, 3, 2), [all, all, all])).Message, StringComparison.Ordinal);
        Assert.StartsWith("has: must be one for each of 3 codes, got 2", Assert.Throws<ArgumentException>(
            () => AttributeVectors.Difference(NdArray.Full(0, 3, 2), [true, false])).Message, StringComparison.Ordinal);
    }
}
