namespace Vae.Tests;

public class GridTests
{
    private const int Gap = 2;
    private static readonly Shape Grey3x2 = Shape.Image(1, 2, 3);

    private static float[] Ramp(int count) => [.. Enumerable.Range(0, count).Select(i => i / (float)Math.Max(1, count - 1))];

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void EveryValueIsASolidBlockOfItsByte(int scale)
    {
        var values = Ramp(4 * 6);
        using var png = new Decoded(Pictures.Grid(values, Grey3x2, columns: 2, scale: scale));
        for (var i = 0; i < values.Length; i++)
        {
            int image = i / 6, row = i % 6 / 3, column = i % 3;
            var expected = (byte)Math.Floor(255.0 * values[i] + 0.5);
            var left = Gap + image % 2 * (3 * scale + Gap) + column * scale;
            var top = Gap + image / 2 * (2 * scale + Gap) + row * scale;
            for (var at = 0; at < scale * scale; at++)
                Assert.Equal((expected, expected, expected), png[left + at % scale, top + at / scale]);
        }
    }

    [Fact]
    public void EveryByteSurvivesTheFile()
    {
        var values = Enumerable.Range(0, 256).Select(i => i / 255f).ToArray();
        using var png = new Decoded(Pictures.Grid(values, Shape.Image(1, 16, 16), columns: 1, scale: 1));
        for (var i = 0; i < 256; i++)
            Assert.Equal(((byte)i, (byte)i, (byte)i), png[Gap + i % 16, Gap + i / 16]);
    }

    [Fact]
    public void ColoursAreChannelsInTheOrderRedGreenBlue()
    {
        // [C, H, W] = [3, 1, 2]: planes of red, green, blue.
        float[] values = [1, 0, 0.2f, 0.4f, 0, 0.6f];
        using var png = new Decoded(Pictures.Grid(values, Shape.Image(3, 1, 2), columns: 1, scale: 3));
        Assert.Equal((255, 51, 0), png[Gap, Gap]);
        Assert.Equal((0, 102, 153), png[Gap + 3, Gap]);
    }

    [Fact]
    public void ASizeFollowsFromImagesColumnsAndScale()
    {
        var picture = Pictures.Grid(Ramp(7 * 6), Grey3x2, columns: 3, scale: 4);
        Assert.Equal((3 * (3 * 4 + Gap) + Gap, 3 * (2 * 4 + Gap) + Gap), (picture.Width, picture.Height));
    }

    [Fact]
    public void GreyImagesTakeOneByteAPixelAndColourFour()
    {
        Assert.Equal(1, Pictures.Grid(Ramp(6), Grey3x2, columns: 1).Channels);
        Assert.Equal(4, Pictures.Grid(Ramp(18), Shape.Image(3, 2, 3), columns: 1).Channels);
    }

    [Fact]
    public void ValuesOutsideAreClippedAndNaNIsMagenta()
    {
        float[] values = [-3, 7, float.PositiveInfinity, float.NegativeInfinity, float.NaN, 0.5f];
        using var png = new Decoded(Pictures.Grid(values, Grey3x2, columns: 1, scale: 1));
        Assert.Equal((0, 0, 0), png[Gap, Gap]);
        Assert.Equal((255, 255, 255), png[Gap + 1, Gap]);
        Assert.Equal((255, 255, 255), png[Gap + 2, Gap]);
        Assert.Equal((0, 0, 0), png[Gap, Gap + 1]);
        Assert.Equal((255, 0, 255), png[Gap + 1, Gap + 1]);
        Assert.Equal((128, 128, 128), png[Gap + 2, Gap + 1]);
    }

    [Fact]
    public void NamesAreDrawnBesideTheImagesAndMoveThem()
    {
        var values = new float[4 * 64];
        var plain = Pictures.Grid(values, Shape.Image(1, 8, 8), columns: 2, scale: 4);
        var named = Pictures.Grid(values, Shape.Image(1, 8, 8), columns: 2, scale: 4, rowNames: ["first", "second"],
            columnNames: ["a", "b"]);
        int left = named.Width - plain.Width, top = named.Height - plain.Height;
        using var png = new Decoded(named);
        Assert.True(left > 0 && top > 0);
        Assert.InRange(png.Inked(0, top, left, named.Height), 0.02, 0.9);
        Assert.InRange(png.Inked(left, 0, named.Width, top), 0.02, 0.9);
        Assert.Equal((0, 0, 0), png[left + Gap, top + Gap]);
    }

    [Fact]
    public void ReconstructionsStandUnderTheirOriginals()
    {
        float[] originals = [0, 0.2f, 0.4f], reconstructions = [1, 0.8f, 0.6f];
        var picture = Pictures.Pairs(originals, reconstructions, Shape.Image(1, 1, 1), columns: 2, scale: 6);
        using var png = new Decoded(picture);
        int cell = 6 + Gap, left = picture.Width - 2 * cell;
        // Two pairs of rows, 10 pixels apart; the last has one column.
        int[] rows = [Gap, Gap + cell, Gap + 2 * cell + 10, Gap + 3 * cell + 10];
        Assert.Equal(((byte)0, (byte)51), (png[left, rows[0]].R, png[left + cell, rows[0]].R));
        Assert.Equal(((byte)255, (byte)204), (png[left, rows[1]].R, png[left + cell, rows[1]].R));
        Assert.Equal(((byte)102, (byte)255), (png[left, rows[2]].R, png[left + cell, rows[2]].R));
        Assert.Equal(((byte)153, (byte)255), (png[left, rows[3]].R, png[left + cell, rows[3]].R));
    }

    [Fact]
    public void WhatCannotBeShownIsRefusedWithTheReason()
    {
        var one = Ramp(6);
        Refuses("images: must hold at least one image, got none", () => Pictures.Grid([], Grey3x2, 1));
        Refuses("images: must be whole images of 1×2×3 = 6 values, got 5 values", () => Pictures.Grid(one[..5], Grey3x2, 1));
        Refuses("columns: must be at least 1, got 0", () => Pictures.Grid(one, Grey3x2, 0));
        Refuses("scale: must be at least 1, got 0", () => Pictures.Grid(one, Grey3x2, 1, scale: 0));
        Refuses("shape: must be [1 or 3 channels, height, width] to be shown, got 6", () => Pictures.Grid(one, Shape.Vector(6), 1));
        Refuses("shape: must be [1 or 3 channels, height, width] to be shown, got 2×1×3",
            () => Pictures.Grid(one, Shape.Image(2, 1, 3), 1));
        Refuses("rowNames: must be 1 names, one a row, got 2", () => Pictures.Grid(one, Grey3x2, 1, rowNames: ["a", "b"]));
        Refuses("reconstructions: must be as many values as originals, 6, got 5", () => Pictures.Pairs(one, one[..5], Grey3x2));
        Refuses("columns: must be at least 1, got -1", () => Pictures.Pairs(one, one, Grey3x2, columns: -1));
    }

    [Fact]
    public void APictureTooLargeIsRefusedBeforeMemoryIsTaken() =>
        Refuses("picture: must have 1 to 32767 columns and rows and at most 67108864 pixels, got 3000000004×2000000004",
            () => Pictures.Grid(Ramp(6), Grey3x2, 1, scale: 1_000_000_000));

    private static void Refuses(string message, Action draw) => Assert.Equal(message, Assert.Throws<VaeException>(draw).Message);
}
