namespace Vae.Tests;

public class MasksTests
{
    [Fact]
    public void HalvesMeetHandDrawnOnes()
    {
        var image = Shape.Image(2, 3, 3);
        void Is(NdArray mask, params double[] observed)
        {
            Assert.Equal([1, 2, 3, 3], mask.Dims);
            Assert.Equal([.. observed, .. observed], mask.ToArray());
        }
        Is(Masks.HideLeft(image), 0, 1, 1, 0, 1, 1, 0, 1, 1);
        Is(Masks.HideRight(image), 1, 0, 0, 1, 0, 0, 1, 0, 0);
        Is(Masks.HideUpper(image), 0, 0, 0, 1, 1, 1, 1, 1, 1);
        Is(Masks.HideLower(image), 1, 1, 1, 0, 0, 0, 0, 0, 0);
    }

    [Fact]
    public void TwoHalvesAreTheWhole()
    {
        var image = Shape.Image(1, 5, 7);
        Assert.All((Masks.HideLeft(image) + Masks.HideRight(image)).ToArray(), sum => Assert.Equal(1, sum));
        Assert.All((Masks.HideUpper(image) + Masks.HideLower(image)).ToArray(), sum => Assert.Equal(1, sum));
    }

    [Fact]
    public void TheLeftHalfIsTheTwoQuadrantsOfTheConditions() =>
        Assert.Equal(Conditions.Observed(Conditions.Quadrants(2), Shape.Image(1, 5, 5)).ToArray(),
            Masks.HideRight(Shape.Image(1, 5, 5)).ToArray());

    [Fact]
    public void TheGivenShareIsMissingAndChannelsAreMaskedTogether()
    {
        var mask = Masks.Random(Shape.Image(3, 20, 20), 50, 0.3, KeyedRandom.FromSeed(1));
        Assert.Equal([50, 3, 20, 20], mask.Dims);
        // 20,000 pixels: six deviations of the part are 0.02.
        Assert.InRange(1 - mask.ToArray().Average(), 0.28, 0.32);
        foreach (var image in mask.ToArray().Chunk(1200))
            Assert.All(Enumerable.Range(0, 400), at => Assert.True(image[at] == image[at + 400] && image[at] == image[at + 800]));
        Assert.NotEqual(mask.ToArray()[..1200], mask.ToArray()[1200..2400]);
    }

    [Fact]
    public void NothingAndEverythingCanBeMissing()
    {
        Assert.All(Masks.Random(Shape.Vector(30), 2, 0, KeyedRandom.FromSeed(1)).ToArray(), value => Assert.Equal(1, value));
        Assert.All(Masks.Random(Shape.Vector(30), 2, 1, KeyedRandom.FromSeed(1)).ToArray(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void TheErrorIsThatOfMissingValuesAlone()
    {
        NdArray truth = NdArray.FromValues([1, 2, 3, 4], 2, 2), imputed = NdArray.FromValues([9, 5, 9, 8], 2, 2);
        // The second of each is missing: errors 3 and 4.
        Assert.Equal(Math.Sqrt(12.5), Masks.MissingError(truth, imputed, NdArray.FromValues([1, 0], 1, 2)), 1e-14);
        Assert.Equal(0, Masks.MissingError(truth, imputed, NdArray.Full(1, 2, 2)));
        Assert.Equal(Math.Sqrt((64 + 9 + 36 + 16) / 4.0), Masks.MissingError(truth, imputed, NdArray.Full(0, 2, 2)), 1e-14);
    }

    [Fact]
    public void WhatCannotBeHiddenIsRefused()
    {
        Assert.StartsWith("image: must be [channels, height, width]",
            Assert.Throws<ArgumentException>(() => Masks.HideLeft(Shape.Vector(3))).Message, StringComparison.Ordinal);
        Assert.StartsWith("missing: must lie in [0, 1], got NaN", Assert.Throws<ArgumentOutOfRangeException>(
            () => Masks.Random(Shape.Vector(3), 1, double.NaN, KeyedRandom.FromSeed(1))).Message, StringComparison.Ordinal);
        Assert.StartsWith("count: must be at least 1, got 0", Assert.Throws<ArgumentOutOfRangeException>(
            () => Masks.Random(Shape.Vector(3), 0, 0.5, KeyedRandom.FromSeed(1))).Message, StringComparison.Ordinal);
        Assert.StartsWith("observed: must be as large as", Assert.Throws<ArgumentException>(
            () => Masks.MissingError(NdArray.Full(0, 2, 2), NdArray.Full(0, 2, 2), NdArray.Full(0, 3))).Message, StringComparison.Ordinal);
    }
}
