using SkiaSharp;

namespace Vae.Torch.Tests;

public class ImageFolderTests
{
    private static byte[] Picture(int width, int height, SKColor colour, SKEncodedImageFormat format = SKEncodedImageFormat.Png)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        bitmap.Erase(colour);
        return bitmap.Encode(format, 100).ToArray();
    }

    private static byte[] Bytes(Dataset set) => set.Pixels.Match(b => b.ToArray(), _ => []);

    private static readonly SKColor Orange = new(200, 100, 50);

    [Fact]
    public void SubfoldersAreTheClasses()
    {
        using var folder = new TempFolder();
        folder.Write("dog/b.png", Picture(2, 3, Orange));
        folder.Write("cat/deep/a.PNG", Picture(2, 3, SKColors.White));
        folder.Write("dog/a.png", Picture(2, 3, SKColors.Black));
        folder.Write("empty/notes.txt", [1]);
        var set = ImageFolder.Read(folder.Path, new(Decoder: ImageDecoders.Skia));
        Assert.Equal(["cat", "dog"], set.Classes);
        Assert.Equal([0, 1, 1], set.Labels.ToArray());
        Assert.Equal(Shape.Image(3, 3, 2), set.Shape);
        Assert.Equal([.. Enumerable.Repeat((byte)200, 6), .. Enumerable.Repeat((byte)100, 6), .. Enumerable.Repeat((byte)50, 6)],
            Bytes(set)[36..]);
    }

    [Fact]
    public void PicturesAreResizedAndGreyed()
    {
        using var folder = new TempFolder();
        folder.Write("a.png", Picture(40, 20, new(90, 90, 90)));
        folder.Write("b.webp", Picture(7, 9, SKColors.White, SKEncodedImageFormat.Webp));
        folder.Write("c.jpg", Picture(16, 16, SKColors.Black, SKEncodedImageFormat.Jpeg));
        var set = ImageFolder.Read(folder.Path, new(Channels: 1, Height: 4, Width: 5, Decoder: ImageDecoders.Skia));
        Assert.False(set.HasLabels);
        Assert.Equal(
            [.. Enumerable.Repeat((byte)90, 20), .. Enumerable.Repeat((byte)255, 20), .. Enumerable.Repeat((byte)0, 20)], Bytes(set));
    }

    [Theory]
    [InlineData(12, 4, 4, 4)]
    [InlineData(4, 12, 4, 4)]
    [InlineData(12, 4, 2, 2)]
    [InlineData(9, 16, 8, 6)]
    public void TheMiddleIsTakenOfAPictureOfOtherProportions(int width, int height, int toHeight, int toWidth)
    {
        // White in the middle, as large as the proportions allow, and black around it.
        var scale = Math.Min(width / (double)toWidth, height / (double)toHeight);
        int inner = (int)(toWidth * scale), outer = (int)(toHeight * scale);
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        bitmap.Erase(SKColors.Black);
        for (var x = 0; x < inner; x++)
            for (var y = 0; y < outer; y++)
                bitmap.SetPixel((width - inner) / 2 + x, (height - outer) / 2 + y, SKColors.White);
        using var folder = new TempFolder();
        folder.Write("a.png", bitmap.Encode(SKEncodedImageFormat.Png, 100).ToArray());
        var options = new DataOptions(Channels: 1, Height: toHeight, Width: toWidth, Decoder: ImageDecoders.Skia);
        Assert.All(Bytes(ImageFolder.Read(folder.Path, options with { Crop = true })), value => Assert.Equal(255, value));
        Assert.Contains(Bytes(ImageFolder.Read(folder.Path, options)), value => value < 200);
        // Pictures that are read on demand are cropped too.
        Assert.All(Bytes(ImageFolder.Read(folder.Path, options with { Crop = true, Memory = 1 })), value => Assert.Equal(255, value));
        Damage.Refused(() => ImageFolder.Read(folder.Path, new(Crop: true, Decoder: ImageDecoders.Skia)), "data.crop: needs data.height");
    }

    [Theory]
    [InlineData("P2\n# made by hand\n3 2\n4\n0 1 2\n3 4 4\n", false)]
    [InlineData("P2 3 2 1000 0 250 500 750\n1000 1000", true)]
    [InlineData("P5 3 2 4\n\u0000\u0001\u0002\u0003\u0004\u0004", false)]
    [InlineData("P5 3 2 1024 \u0000\u0000\u0001\u0000\u0002\u0000\u0003\u0000\u0004\u0000\u0004\u0000", true)]
    public void PgmFilesAreReadAsShadesOfTheirWhite(string text, bool isDeep)
    {
        using var folder = new TempFolder();
        folder.Write("a.pgm", [.. text.Select(letter => (byte)letter)]);
        var set = ImageFolder.Read(folder.Path, new(Decoder: ImageDecoders.Skia));
        Assert.Equal(Shape.Image(1, 2, 3), set.Shape);
        Assert.Equal([0, 64, 128, 191, 255, 255], Bytes(set));
        Assert.Equal(isDeep ? 1 : 0, set.Notes.Count);
        // The last number of a text may be shorter.
        Damage.EveryTruncationIsRefusedInFolder([.. text.TrimEnd().Select(letter => (byte)letter)], "a.pgm",
            path => ImageFolder.Read(path, new(Decoder: ImageDecoders.Skia)), text.EndsWith("1000", StringComparison.Ordinal) ? 3 : 0);
    }

    [Theory]
    [InlineData(255, 0)]
    [InlineData(1000, 1)]
    public void DeepPgmFilesAreCountedWhereverTheirHeaderEnds(int max, int deep)
    {
        // The header ends before, at and after the first 1024 bytes.
        foreach (var length in new[] { 0, 1005, 1006, 1007, 1008, 1009, 1010, 1011, 1012, 5000 })
        {
            using var folder = new TempFolder();
            folder.Write("a.pgm", [.. $"P5\n#{new string('-', length)}\n1 2 {max}\n".Select(letter => (byte)letter), .. new byte[4000]]);
            Assert.Equal(deep, ImageFolder.Read(folder.Path, new(Decoder: ImageDecoders.Skia)).Notes.Count);
        }
    }

    [Fact]
    public void PicturesThatAreNotReadOrLoseDigitsAreCounted()
    {
        using var folder = new TempFolder();
        folder.Write("a.png", Picture(2, 2, Orange));
        using (var deep = new SKBitmap(new SKImageInfo(2, 2, SKColorType.RgbaF16, SKAlphaType.Premul)))
            folder.Write("b.png", deep.Encode(SKEncodedImageFormat.Png, 100).ToArray());
        folder.Write("c.tif", [1, 2]);
        folder.Write("d.PPM", [1, 2]);
        folder.Write("e.ppm", [1, 2]);
        var notes = ImageFolder.Read(folder.Path, new(Decoder: ImageDecoders.Skia)).Notes;
        Assert.Equal(3, notes.Count);
        Assert.StartsWith("files .ppm are not read: 2", notes[0], StringComparison.Ordinal);
        Assert.StartsWith("files .tif are not read: 1", notes[1], StringComparison.Ordinal);
        Assert.StartsWith("pictures of 16 bits a channel are read with 8: 1", notes[2], StringComparison.Ordinal);
    }

    [Fact]
    public void AFolderThatDoesNotFitIsRefused()
    {
        using var folder = new TempFolder();
        Damage.Refused(() => ImageFolder.Read(folder["absent"], new(Decoder: ImageDecoders.Skia)), "absent");
        Damage.Refused(() => ImageFolder.Read(folder.Path, new(Decoder: ImageDecoders.Skia)), "got none");
        folder.Write("a.png", Picture(2, 2, Orange));
        folder.Write("b.png", Picture(3, 2, Orange));
        Damage.Refused(() => ImageFolder.Read(folder.Path, new(Decoder: ImageDecoders.Skia)), "b.png: must be 2x2 like the first image");
        Damage.Refused(() => ImageFolder.Read(folder.Path, new(Channels: 2, Decoder: ImageDecoders.Skia)), "data.channels");
        Damage.Refused(() => ImageFolder.Read(folder.Path, new(Height: 2, Decoder: ImageDecoders.Skia)), "data.height, data.width");
        Damage.Refused(() => ImageFolder.Read(folder.Path, new(Height: 99_999, Width: 2, Decoder: ImageDecoders.Skia)),
            "data.height, data.width");
        folder.Write("cat/a.png", Picture(2, 2, Orange));
        Damage.Refused(() => ImageFolder.Read(folder.Path, new(Decoder: ImageDecoders.Skia)), "got both");
    }

    // A PNG ends with an empty chunk of 12 bytes; before it stand two checksums of 4. By then all pixels are there.
    [Fact]
    public void ATruncatedPictureIsRefused() =>
        Damage.EveryTruncationIsRefusedInFolder(
            Picture(5, 4, Orange), "a.png", path => ImageFolder.Read(path, new(Decoder: ImageDecoders.Skia)), lastBytesThatMayMiss: 20);

    [Fact]
    public void ADamagedPictureIsRefusedOrReads() =>
        Damage.NoFlippedBitEscapes(Picture(5, 4, Orange), "a.png",
            path => ImageFolder.Read(Path.GetDirectoryName(path)!, new(Decoder: ImageDecoders.Skia)));

    [Fact]
    public void AnAbsurdSizeIsRefusedBeforeMemoryIsTaken()
    {
        using var folder = new TempFolder();
        var png = Picture(5, 4, Orange);
        // Width and height stand at 16 and 20 of a PNG; the checksum after them at 29.
        (png[16], png[17], png[20], png[21]) = (0, 0x7f, 0, 0x7f);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), Crc(png.AsSpan(12, 17)));
        folder.Write("a.png", png);
        Damage.Refused(() => ImageFolder.Read(folder.Path, new(Decoder: ImageDecoders.Skia)), "a.png");
    }

    [Theory]
    [InlineData(16_384, 16_384)]
    [InlineData(8_192, 4_096)]
    public void ASizeThatTheFileCannotHoldIsRefusedBeforeMemoryIsTaken(int width, int height)
    {
        using var folder = new TempFolder();
        var png = Picture(5, 4, Orange);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), Crc(png.AsSpan(12, 17)));
        folder.Write("a.png", png);
        Damage.Refused(() => ImageFolder.Read(folder.Path, new(Decoder: ImageDecoders.Skia)), "a.png: must hold the");
        Damage.Refused(() => ImageFolder.Read(folder.Path, new(Height: 8, Width: 8, Decoder: ImageDecoders.Skia)), "a.png: must hold the");
    }

    [Theory]
    [InlineData(0x80000000)]
    [InlineData(0xffffffff)]
    [InlineData(1000)]
    public void ABitmapWhosePixelsLieElsewhereIsRefused(uint offset)
    {
        using var folder = new TempFolder();
        byte[] bmp = [.. "BM"u8, 66, 0, 0, 0, 0, 0, 0, 0, .. BitConverter.GetBytes(offset), 40, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 1, 0, 24, 0,
            .. new byte[24], .. new byte[16]];
        foreach (var name in new[] { "a.bmp", "a.png" })
        {
            var path = folder.Write(name, bmp);
            Damage.Refused(() => ImageFolder.Read(folder.Path, new(Decoder: ImageDecoders.Skia)), name);
            File.Delete(path);
        }
    }

    [Fact]
    public void AFormatThatNoExtensionNamesIsRefused()
    {
        using var folder = new TempFolder();
        folder.Write("a.gif", [0, 0, 0xff, 0x7f, 0xff, 0x7f, .. new byte[20]]);
        Damage.Refused(() => ImageFolder.Read(folder.Path, new(Decoder: ImageDecoders.Skia)), "a.gif");
    }

    [Fact]
    public void WhatIsLeftOutIsCounted()
    {
        using var folder = new TempFolder();
        foreach (var path in new[] { "cat/a.png", "dog/b.png", ".ipynb_checkpoints/a.png", "cat/.hidden.png", "__MACOSX/c.png" })
            folder.Write(path, Picture(2, 2, Orange));
        folder.Write("cat/c.tiff", [1]);
        folder.Write("dog/d.tiff", [1]);
        Directory.CreateSymbolicLink(folder["cat/back"], "../../" + Path.GetFileName(folder.Path));
        Directory.CreateSymbolicLink(folder["dog/across"], "../cat");
        var set = ImageFolder.Read(folder.Path, new(Decoder: ImageDecoders.Skia));
        Assert.Equal(["cat", "dog"], set.Classes);
        Assert.Equal(2, set.Count);
        Assert.Equal(4, set.Notes.Count);
        Assert.Contains(set.Notes, note => note.StartsWith("files .tiff are not read: 2 ", StringComparison.Ordinal));
        Assert.Contains(set.Notes, note => note.StartsWith("hidden folders are not read: 2 ", StringComparison.Ordinal));
        Assert.Contains(set.Notes, note => note.StartsWith("links to a folder that is read already are not followed: 2 ", StringComparison.Ordinal));
    }

    [Fact]
    public void TrainAndTestAreTheSplit()
    {
        using var folder = new TempFolder();
        folder.Write("train/cat/a.png", Picture(2, 2, Orange));
        folder.Write("train/dog/b.png", Picture(2, 2, Orange));
        folder.Write("test/dog/c.png", Picture(2, 2, Orange));
        var split = DataSources.Load(folder.Path, new(Decoder: ImageDecoders.Skia));
        Assert.Equal((2, 0, 1), (split.Train.Count, split.Validation.Count, split.Test.Count));
        Assert.Equal(["cat", "dog"], split.Test.Classes);
        Assert.Equal([1], split.Test.Labels.ToArray());
        folder.Write("val/cat/d.png", Picture(2, 2, Orange));
        Assert.Equal(1, DataSources.Load(folder.Path, new(Decoder: ImageDecoders.Skia)).Validation.Count);
        folder.Write("bird/e.png", Picture(2, 2, Orange));
        Assert.Equal(["bird", "test", "train", "val"], DataSources.Load(folder.Path, new(Test: 0, Decoder: ImageDecoders.Skia)).Train.Classes);
    }

    [Fact]
    public void AGreyFirstPictureDoesNotMakeOthersGrey()
    {
        using var folder = new TempFolder();
        using var grey = new SKBitmap(new SKImageInfo(2, 2, SKColorType.Gray8, SKAlphaType.Opaque));
        folder.Write("a.png", grey.Encode(SKEncodedImageFormat.Png, 100).ToArray());
        Assert.Equal(1, ImageFolder.Read(folder.Path, new(Decoder: ImageDecoders.Skia)).Shape.Channels);
        folder.Write("b.png", Picture(2, 2, Orange));
        Assert.Equal(3, ImageFolder.Read(folder.Path, new(Decoder: ImageDecoders.Skia)).Shape.Channels);
    }

    // Each origin says where the stored first row and first column are shown.
    [Theory]
    [InlineData(1, "abcdef", 3, 2)]
    [InlineData(2, "cbafed", 3, 2)]
    [InlineData(3, "fedcba", 3, 2)]
    [InlineData(4, "defabc", 3, 2)]
    [InlineData(5, "adbecf", 2, 3)]
    [InlineData(6, "daebfc", 2, 3)]
    [InlineData(7, "fcebda", 2, 3)]
    [InlineData(8, "cfbead", 2, 3)]
    public void PicturesStandAsTheyAreShown(int origin, string shown, int width, int height)
    {
        var stored = new SKBitmap(new SKImageInfo(3, 2, SKColorType.Rgba8888, SKAlphaType.Opaque));
        for (var i = 0; i < 6; i++)
            stored.SetPixel(i % 3, i / 3, new((byte)('a' + i), 0, 0));
        using var turned = Orientations.Apply(stored, (SKEncodedOrigin)origin);
        Assert.Equal((width, height), (turned.Width, turned.Height));
        Assert.Equal(shown, string.Concat(Enumerable.Range(0, 6).Select(i => (char)turned.GetPixel(i % width, i / width).Red)));
        stored.Dispose();
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ (0xedb88320 & (0 - (crc & 1)));
        }
        return ~crc;
    }
}
