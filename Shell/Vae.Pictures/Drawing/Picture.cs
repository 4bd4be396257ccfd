using SkiaSharp;

namespace Vae.Torch;

/// <summary>An immutable image: rows from the top, 8 bits a channel, grey or RGBA.</summary>
[TypeFormatterSource(typeof(PictureFormatters), PreferredMimeTypes = ["image/png"])]
public sealed class Picture : IEquatable<Picture>
{
    // Beyond either the encoder refuses, or a picture takes more memory than it can be worth.
    private const int MaxSide = 32767;
    private const long MaxArea = 1L << 26;

    private readonly byte[] bytes;

    private Picture(int width, int height, int channels, byte[] bytes, double density)
    {
        CheckSize(width, height);
        if (bytes.Length != (long)width * height * channels)
            throw new VaeException($"picture.bytes: must be {width}×{height}×{channels} = {(long)width * height * channels} bytes, got {bytes.Length}");
        (Width, Height, Channels, this.bytes, Density) = (width, height, channels, bytes, density);
    }

    /// <summary>An image of grey values, one byte a pixel, 0 black.</summary>
    public static Picture Greyscale(int width, int height, ReadOnlySpan<byte> bytes, double density = 1) => new(width, height, 1, bytes.ToArray(), density);

    /// <summary>An image of red, green, blue and opacity, four bytes a pixel.</summary>
    public static Picture Rgba(int width, int height, ReadOnlySpan<byte> bytes, double density = 1) => new(width, height, 4, bytes.ToArray(), density);

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Bytes a pixel: 1 for grey, 4 for RGBA.</summary>
    public int Channels { get; }

    /// <summary>Pixels for each unit of length on a page: 2 for a chart that stays sharp on a fine display.</summary>
    public double Density { get; }

    /// <summary>The pixels, row by row.</summary>
    public ReadOnlySpan<byte> Bytes => bytes;

    /// <summary>The image as a PNG file, without loss and without a colour profile.</summary>
    public byte[] ToPng()
    {
        var info = Channels == 1
            ? new SKImageInfo(Width, Height, SKColorType.Gray8, SKAlphaType.Opaque)
            : new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        using var image = SKImage.FromPixelCopy(info, bytes);
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    /// <summary>Writes the PNG file; a reader sees the old file or the whole new one.</summary>
    public void Save(string path)
    {
        var png = ToPng();
        AtomicFile.Write(path, stream => stream.Write(png));
    }

    /// <summary>Equal pixel by pixel.</summary>
    public bool Equals(Picture? other) => other is not null
        && (Width, Height, Channels, Density) == (other.Width, other.Height, other.Channels, other.Density) && Bytes.SequenceEqual(other.bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Picture);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add((Width, Height, Channels, Density));
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }

    internal static void CheckSize(long width, long height)
    {
        if (width is < 1 or > MaxSide || height is < 1 or > MaxSide || width * height > MaxArea)
            throw new VaeException($"picture: must have 1 to {MaxSide} columns and rows and at most {MaxArea} pixels, got {width}×{height}");
    }
}
