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

    [Fact]
    public void AFolderThatDoesNotFitIsRefused()
    {
        using var folder = new TempFolder();
        Damage.Refused(() => ImageFolder.Read(folder["absent"], new(Decoder: ImageDecoders.Skia)), "absent");
        Damage.Refused(() => ImageFolder.Read(folder.Path, new(Decoder: ImageDecoders.Skia)), "got none");
        folder.Write("a.png", Picture(2, 2, Orange));
        folder.Write("b.png", Picture(3, 2, Orange));
        Damage.Refused(() => ImageFolder.Read(folder.Path, new(Decoder: ImageDecoders.Skia)), "b.png: must be 2x2 as the first picture is");
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
