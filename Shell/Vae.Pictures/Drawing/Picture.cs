using SkiaSharp;

namespace Vae.Torch;

/// <summary>An immutable bitmap: rows from the top, 8 bits per channel, greyscale or RGBA.</summary>
[TypeFormatterSource(typeof(PictureFormatters), PreferredMimeTypes = ["image/png", "text/plain"])]
public sealed class Picture : IEquatable<Picture>
{
    // The limits of the PNG encoder, and of reasonable memory.
    private const int MaxSide = 32767;
    private const long MaxArea = 1L << 26;

    private readonly byte[] bytes;

    private Picture(int width, int height, int channels, byte[] bytes, double density)
    {
        CheckSize(width, height);
        if (bytes.Length != (long)width * height * channels)
            throw new VaeException(
                $"picture.bytes: must be {width}×{height}×{channels} = {(long)width * height * channels} bytes, got {bytes.Length}");
        (Width, Height, Channels, this.bytes, Density) = (width, height, channels, bytes, density);
    }

    /// <summary>Creates a greyscale picture.</summary>
    /// <param name="width">Pixels per row; 1 to 32767.</param>
    /// <param name="height">Number of rows; 1 to 32767.</param>
    /// <param name="bytes">One byte per pixel, row by row; 0 is black.</param>
    /// <param name="density">Pixels per unit of length on a page.</param>
    /// <exception cref="VaeException">The size is out of range, or the number of bytes does not fit it.</exception>
    public static Picture Greyscale(int width, int height, ReadOnlySpan<byte> bytes, double density = 1) =>
        new(width, height, 1, bytes.ToArray(), density);

    /// <summary>Creates a colour picture.</summary>
    /// <param name="width">Pixels per row; 1 to 32767.</param>
    /// <param name="height">Number of rows; 1 to 32767.</param>
    /// <param name="bytes">Four bytes per pixel, row by row: red, green, blue and opacity.</param>
    /// <param name="density">Pixels per unit of length on a page.</param>
    /// <exception cref="VaeException">The size is out of range, or the number of bytes does not fit it.</exception>
    public static Picture Rgba(int width, int height, ReadOnlySpan<byte> bytes, double density = 1) =>
        new(width, height, 4, bytes.ToArray(), density);

    /// <summary>Pixels per row.</summary>
    public int Width { get; }

    /// <summary>Number of rows.</summary>
    public int Height { get; }

    /// <summary>Bytes per pixel: 1 for greyscale, 4 for RGBA.</summary>
    public int Channels { get; }

    /// <summary>Pixels per unit of length on a page; charts have 2, to be sharp on high-resolution displays.</summary>
    public double Density { get; }

    /// <summary>The pixels, row by row.</summary>
    public ReadOnlySpan<byte> Bytes => bytes;

    /// <summary>The content of a lossless PNG file, without a colour profile.</summary>
    public byte[] ToPng()
    {
        var info = Channels == 1
            ? new SKImageInfo(Width, Height, SKColorType.Gray8, SKAlphaType.Opaque)
            : new SKImageInfo(Width, Height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        using var image = SKImage.FromPixelCopy(info, bytes);
        using var png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    /// <summary>Writes a PNG file atomically: a reader sees the old file or the complete new one.</summary>
    /// <param name="path">Path of the file; an existing file is replaced.</param>
    /// <exception cref="VaeException">The file cannot be written.</exception>
    public void Save(string path)
    {
        var png = ToPng();
        AtomicFile.Write(path, stream => stream.Write(png));
    }

    /// <summary>Whether another picture has the same size, density and pixels.</summary>
    /// <param name="other">The picture to compare with.</param>
    public bool Equals(Picture? other) => other is not null
        && (Width, Height, Channels, Density) == (other.Width, other.Height, other.Channels, other.Density)
        && Bytes.SequenceEqual(other.bytes);

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
            throw new VaeException(
                $"picture: must have 1 to {MaxSide} columns and rows and at most {MaxArea} pixels, got {width}×{height}");
    }
}
