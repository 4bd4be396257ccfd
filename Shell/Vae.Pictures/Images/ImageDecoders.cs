using SkiaSharp;

namespace Vae.Torch;

/// <summary>Decoders of image files.</summary>
public static class ImageDecoders
{
    /// <summary>
    /// Decodes PNG, JPEG, BMP, WebP and GIF files with SkiaSharp. Transparent pixels are blended with black; EXIF orientation is ignored.
    /// </summary>
    public static IImageDecoder Skia { get; } = new SkiaDecoder();

    private sealed class SkiaDecoder : IImageDecoder
    {
        public Shape ShapeOf(string path) =>
            Open(path, codec => Shape.Image(codec.Info.ColorType == SKColorType.Gray8 ? 1 : 3, codec.Info.Height, codec.Info.Width));

        public void Decode(string path, Shape shape, bool resize, Span<byte> item)
        {
            using var decoded = Open(path, codec => Bitmap(path, codec));
            if (!resize && (decoded.Height != shape.Height || decoded.Width != shape.Width))
                throw new VaeException(
                    $"{path}: must be {shape.Height}x{shape.Width} like the first image (or set data.height and data.width), "
                    + $"got {decoded.Height}x{decoded.Width}");
            using var sized = decoded.Height == shape.Height && decoded.Width == shape.Width
                ? decoded.Copy()
                : decoded.Resize(
                    decoded.Info.WithSize(shape.Width, shape.Height), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
            Write(sized.GetPixelSpan(), sized.RowBytes, shape, item);
        }

        private static void Write(ReadOnlySpan<byte> rgba, int rowBytes, Shape shape, Span<byte> item)
        {
            var plane = shape.Height * shape.Width;
            for (var i = 0; i < plane; i++)
            {
                var pixel = rgba.Slice(i / shape.Width * rowBytes + i % shape.Width * 4, 3);
                if (shape.Channels == 3)
                    (item[i], item[plane + i], item[2 * plane + i]) = (pixel[0], pixel[1], pixel[2]);
                else
                    // BT.709 luma with weights in 256ths that sum to 256, so that grey is preserved.
                    item[i] = (byte)((54 * pixel[0] + 183 * pixel[1] + 19 * pixel[2]) >> 8);
            }
        }

        private static SKBitmap Bitmap(string path, SKCodec codec)
        {
            var bitmap = new SKBitmap(new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Premul));
            var result = codec.GetPixels(bitmap.Info, bitmap.GetPixels());
            if (result == SKCodecResult.Success)
                return bitmap;
            bitmap.Dispose();
            throw new VaeException($"{path}: must be an undamaged image, got {result}");
        }

        private static T Open<T>(string path, Func<SKCodec, T> use) => Disk.Read(path, file =>
        {
            using var codec = SKCodec.Create(file, out var result)
                ?? throw new VaeException($"{path}: must be an image ({string.Join(", ", ImageFolder.Extensions)}), got {result}");
            if (codec.Info.Width is < 1 or > ImageFolder.LargestSide || codec.Info.Height is < 1 or > ImageFolder.LargestSide)
                throw new VaeException(
                    $"{path}: must have sides of 1..{ImageFolder.LargestSide}, got {codec.Info.Width}x{codec.Info.Height}");
            return use(codec);
        });
    }
}
