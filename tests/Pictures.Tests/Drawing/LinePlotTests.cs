namespace Vae.Torch.Tests;

public class LinePlotTests
{
    [Fact]
    public void ItHasTheGivenWidthAndIsDeterministic()
    {
        Picture Draw(params double[] values) =>
            Pictures.Lines(new("title", "unit", "across"), [0, 1, 2], values, ["one", "other"], 400);
        double[] some = [3, 1, 2, 0, 0, 5];
        Assert.Equal(800, Draw(some).Width);
        Assert.Equal(Draw(some).ToPng(), Draw(some).ToPng());
        Assert.NotEqual(Draw(some).ToPng(), Draw(3, 1, 2, 0, 0, 4).ToPng());
    }

    [Theory]
    [InlineData("values: must be 3 finite numbers, line by line, got 2", new double[] { 0, 1, 2 }, new double[] { 1, 2 })]
    [InlineData("values: must be 2 finite numbers, line by line, got 2", new double[] { 0, 1 }, new double[] { 1, double.NaN })]
    [InlineData("places: must be at least 2 finite numbers, got 1", new double[] { 0 }, new double[] { 1 })]
    public void WhatCannotBeDrawnIsRefused(string message, double[] places, double[] values) =>
        Assert.Equal(message, Assert.Throws<VaeException>(() => Pictures.Lines("t", "u", "a", places, values, ["one"])).Message);
}
