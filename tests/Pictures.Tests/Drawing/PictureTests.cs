namespace Vae.Tests;

public sealed class PictureTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("vae-pictures").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void PicturesOfEqualPixelsAreEqual()
    {
        Assert.Equal(Picture.Greyscale(2, 1, [1, 2]), Picture.Greyscale(2, 1, [1, 2]));
        Assert.Equal(Picture.Greyscale(2, 1, [1, 2]).GetHashCode(), Picture.Greyscale(2, 1, [1, 2]).GetHashCode());
        Assert.NotEqual(Picture.Greyscale(2, 1, [1, 2]), Picture.Greyscale(2, 1, [1, 3]));
        Assert.NotEqual(Picture.Greyscale(2, 1, [1, 2]), Picture.Greyscale(1, 2, [1, 2]));
    }

    [Fact]
    public void APictureKeepsItsPixelsWhateverBecomesOfTheArray()
    {
        byte[] bytes = [1, 2];
        var picture = Picture.Greyscale(2, 1, bytes);
        bytes[0] = 9;
        Assert.Equal(1, picture.Bytes[0]);
    }

    [Fact]
    public void ColourAndOpacitySurviveTheFile()
    {
        using var bitmap = SkiaSharp.SKBitmap.Decode(Picture.Rgba(2, 1, [10, 20, 30, 255, 200, 100, 50, 128]).ToPng(),
            new(2, 1, SkiaSharp.SKColorType.Rgba8888, SkiaSharp.SKAlphaType.Unpremul));
        Assert.Equal([10, 20, 30, 255, 200, 100, 50, 128], bitmap.Bytes);
    }

    [Fact]
    public void ASavedPictureIsItsPngAndLeavesNothingElse()
    {
        var picture = Picture.Greyscale(2, 2, [0, 85, 170, 255]);
        var path = Path.Combine(folder, "a.png");
        File.WriteAllText(path, "old");
        picture.Save(path);
        Assert.Equal(picture.ToPng(), File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public void AFolderThatIsMissingIsNamed() => Assert.Contains(
        Path.Combine(folder, "none", "a.png"),
        Assert.Throws<VaeException>(() => Picture.Greyscale(1, 1, [0]).Save(Path.Combine(folder, "none", "a.png"))).Message);

    [Fact]
    public void BytesMustFillThePicture() => Assert.Equal(
        "picture.bytes: must be 2×3×4 = 24 bytes, got 23",
        Assert.Throws<VaeException>(() => Picture.Rgba(2, 3, new byte[23])).Message);
}
