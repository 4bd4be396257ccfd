namespace Vae.Torch.Tests;

public class LinePlotTests
{
    [Fact]
    public void ItHasTheGivenWidthAndIsDeterministic()
    {
        Picture Draw() => Pictures.Lines("title", "unit", "across", [0, 1, 2], [3, 1, 2, 0, 0, 5], ["one", "other"], 400);
        Assert.Equal(800, Draw().Width);
        Assert.Equal(Draw().ToPng(), Draw().ToPng());
        Assert.NotEqual(
            Draw().ToPng(), Pictures.Lines("title", "unit", "across", [0, 1, 2], [3, 1, 2, 0, 0, 4], ["one", "other"], 400).ToPng());
    }

    [Theory]
    [InlineData("values: must be 3 finite numbers, a line after another, got 2", new double[] { 0, 1, 2 }, new double[] { 1, 2 })]
    [InlineData("values: must be 2 finite numbers, a line after another, got 2", new double[] { 0, 1 }, new double[] { 1, double.NaN })]
    [InlineData("places: must be at least 2 finite numbers, got 1", new double[] { 0 }, new double[] { 1 })]
    public void WhatCannotBeDrawnIsRefused(string message, double[] places, double[] values) =>
        Assert.Equal(message, Assert.Throws<VaeException>(() => Pictures.Lines("t", "u", "a", places, values, ["one"])).Message);
}
