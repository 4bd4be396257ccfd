using System.Runtime.InteropServices;
using SkiaSharp;

namespace Vae.Torch;

/// <summary>Decoders of image files.</summary>
public static class ImageDecoders
{
    /// <summary>
    /// Decodes PNG, JPEG, BMP, WebP and GIF files with SkiaSharp, and PGM files. Transparent pixels are blended with black; the EXIF
    /// orientation is applied.
    /// </summary>
    public static IImageDecoder Skia { get; } = new SkiaDecoder();

    private sealed class SkiaDecoder : IImageDecoder
    {
        // Decoded pixels take four bytes: 64 MiB are given to any file.
        private const long AnyFile = 1 << 24, LargestFile = 1 << 30;

        private static readonly SKEncodedImageFormat[] Formats = [
            SKEncodedImageFormat.Png, SKEncodedImageFormat.Jpeg, SKEncodedImageFormat.Bmp,
            SKEncodedImageFormat.Webp, SKEncodedImageFormat.Gif];

        public Shape ShapeOf(string path) => Read(path, image => ShapeOf(path, image));

        public void Decode(string path, Shape shape, bool resize, Span<byte> item)
        {
            using var decoded = Read(path, image => Decoded(path, image, shape, resize));
            Fit(decoded, shape, item);
        }

        public void DecodeCropped(string path, Shape shape, Span<byte> item)
        {
            using var decoded = Read(path, image => Decoded(path, image));
            Crop(decoded, shape, item);
        }

        public Shape ShapeOf(string name, ReadOnlyMemory<byte> image)
        {
            if (Pgm.Is(name) || Pgm.Begins(image.Span))
            {
                var header = Pgm.Header(image.Span, name);
                return Shape.Image(1, header.Height, header.Width);
            }
            return Open(name, image, codec =>
            {
                var (height, width) = Orientations.Size(codec);
                return Shape.Image(codec.Info.ColorType == SKColorType.Gray8 ? 1 : 3, height, width);
            });
        }

        public void Decode(string name, ReadOnlyMemory<byte> image, Shape shape, bool resize, Span<byte> item)
        {
            using var decoded = Decoded(name, image, shape, resize);
            Fit(decoded, shape, item);
        }

        public void DecodeCropped(string name, ReadOnlyMemory<byte> image, Shape shape, Span<byte> item)
        {
            using var decoded = Decoded(name, image);
            Crop(decoded, shape, item);
        }

        private static SKBitmap Decoded(string name, ReadOnlyMemory<byte> image, Shape shape, bool resize) =>
            Decoded(name, image, (height, width) =>
            {
                if (!resize && (height != shape.Height || width != shape.Width))
                    throw new VaeException(
                        $"{name}: must be {shape.Height}x{shape.Width} like the first image (or set data.height and data.width), "
                        + $"got {height}x{width}");
            });

        // The picture as it is to be seen; its height and width are given before memory is taken for its pixels.
        private static SKBitmap Decoded(string name, ReadOnlyMemory<byte> image, Action<int, int>? check = null)
        {
            if (Pgm.Is(name) || Pgm.Begins(image.Span))
                return Grey(name, image.Span, check);
            return Open(name, image, codec =>
            {
                var (height, width) = Orientations.Size(codec);
                check?.Invoke(height, width);
                return Orientations.Apply(Bitmap(name, codec), codec.EncodedOrigin);
            });
        }

        private static SKBitmap Grey(string name, ReadOnlySpan<byte> image, Action<int, int>? check)
        {
            var header = Pgm.Header(image, name);
            check?.Invoke(header.Height, header.Width);
            // Before the bitmap, which nobody would dispose of after an error.
            var values = header.Pixels(image, name);
            var bitmap = new SKBitmap(new SKImageInfo(header.Width, header.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
            var pixels = MemoryMarshal.Cast<byte, uint>(bitmap.GetPixelSpan());
            for (var i = 0; i < values.Length; i++)
                pixels[i] = 0xff000000 | values[i] * 0x010101u;
            return bitmap;
        }

        private static void Crop(SKBitmap decoded, Shape shape, Span<byte> item)
        {
            // The largest part of the proportions of the shape.
            var scale = Math.Min(decoded.Width / (double)shape.Width, decoded.Height / (double)shape.Height);
            int width = Math.Max(1, (int)Math.Round(shape.Width * scale)), height = Math.Max(1, (int)Math.Round(shape.Height * scale));
            int left = (decoded.Width - width) / 2, top = (decoded.Height - height) / 2;
            using var middle = new SKBitmap();
            decoded.ExtractSubset(middle, SKRectI.Create(left, top, width, height));
            Fit(middle, shape, item);
        }

        private static void Fit(SKBitmap decoded, Shape shape, Span<byte> item)
        {
            if (decoded.Height == shape.Height && decoded.Width == shape.Width)
            {
                Write(decoded, shape, item);
                return;
            }
            using var sized = decoded.Resize(
                decoded.Info.WithSize(shape.Width, shape.Height), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
            Write(sized, shape, item);
        }

        private static void Write(SKBitmap from, Shape shape, Span<byte> item)
        {
            // Rows of a part of a picture do not follow one another.
            var rgba = from.GetPixelSpan();
            var (between, width, plane) = (from.RowBytes, from.Width, from.Height * from.Width);
            for (var y = 0; y < from.Height; y++)
            {
                var row = rgba.Slice(y * between, 4 * width);
                var at = y * width;
                if (shape.Channels == 3)
                    Colours(row, item.Slice(at, width), item.Slice(plane + at, width), item.Slice(2 * plane + at, width));
                else
                    Greys(row, item.Slice(at, width));
            }
        }

        private static void Colours(ReadOnlySpan<byte> rgba, Span<byte> red, Span<byte> green, Span<byte> blue)
        {
            for (var x = 0; x < red.Length; x++)
                (red[x], green[x], blue[x]) = (rgba[4 * x], rgba[4 * x + 1], rgba[4 * x + 2]);
        }

        private static void Greys(ReadOnlySpan<byte> rgba, Span<byte> grey)
        {
            // BT.709 luma with weights in 256ths that sum to 256, so that grey is preserved.
            for (var x = 0; x < grey.Length; x++)
                grey[x] = (byte)((54 * rgba[4 * x] + 183 * rgba[4 * x + 1] + 19 * rgba[4 * x + 2]) >> 8);
        }

        private static SKBitmap Bitmap(string name, SKCodec codec)
        {
            var bitmap = new SKBitmap(new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Premul));
            var result = codec.GetPixels(bitmap.Info, bitmap.GetPixels());
            if (result == SKCodecResult.Success)
                return bitmap;
            bitmap.Dispose();
            throw new VaeException($"{name}: must be an undamaged image, got {result}");
        }

        private static T Read<T>(string path, Func<ReadOnlyMemory<byte>, T> use) => Disk.Read(path, file =>
        {
            if (file.Length > LargestFile)
                throw new VaeException($"{path}: must have at most {LargestFile >> 20} MiB, got {file.Length} bytes");
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return use(bytes);
        });

        // From memory, not from a stream: an error in Skia's calls back to a stream ends the process.
        private static T Open<T>(string name, ReadOnlyMemory<byte> image, Func<SKCodec, T> use)
        {
            using var data = SKData.CreateCopy(image.Span);
            using var codec = SKCodec.Create(data);
            if (codec is null || !Formats.Contains(codec.EncodedFormat))
                throw new VaeException(
                    $"{name}: must be an image ({string.Join(", ", ImageFolder.Extensions)}), "
                    + $"got {(codec is null ? "something else" : codec.EncodedFormat)}");
            if (codec.Info.Width is < 1 or > ImageFolder.LargestSide || codec.Info.Height is < 1 or > ImageFolder.LargestSide)
                throw new VaeException(
                    $"{name}: must have sides of 1..{ImageFolder.LargestSide}, got {codec.Info.Width}x{codec.Info.Height}");
            var pixels = (long)codec.Info.Width * codec.Info.Height;
            if (pixels > Math.Max(AnyFile, image.Length * Disk.DeflateRatio))
                throw new VaeException(
                    $"{name}: must hold the {codec.Info.Width}x{codec.Info.Height} pixels that its header announces, "
                    + $"got a file of {image.Length} bytes, too short for them");
            return use(codec);
        }
    }
}
