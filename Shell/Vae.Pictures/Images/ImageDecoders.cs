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

        public Shape ShapeOf(string path)
        {
            if (Pgm.Is(path))
                return Pgm.Header(Disk.ReadAll(path), path) is var header ? Shape.Image(1, header.Height, header.Width) : default;
            return Open(path, codec =>
            {
                var (height, width) = Orientations.Size(codec);
                return Shape.Image(codec.Info.ColorType == SKColorType.Gray8 ? 1 : 3, height, width);
            });
        }

        public void Decode(string path, Shape shape, bool resize, Span<byte> item)
        {
            // Before memory is taken for the pixels.
            using var decoded = Shown(path, (height, width) =>
            {
                if (!resize && (height != shape.Height || width != shape.Width))
                    throw new VaeException(
                        $"{path}: must be {shape.Height}x{shape.Width} like the first image (or set data.height and data.width), "
                        + $"got {height}x{width}");
            });
            Fit(decoded, shape, item);
        }

        public void DecodeCropped(string path, Shape shape, Span<byte> item)
        {
            using var decoded = Shown(path, (_, _) => { });
            // The largest part of the proportions of the shape.
            var scale = Math.Min(decoded.Width / (double)shape.Width, decoded.Height / (double)shape.Height);
            int width = Math.Max(1, (int)Math.Round(shape.Width * scale)), height = Math.Max(1, (int)Math.Round(shape.Height * scale));
            int left = (decoded.Width - width) / 2, top = (decoded.Height - height) / 2;
            using var middle = new SKBitmap();
            decoded.ExtractSubset(middle, SKRectI.Create(left, top, width, height));
            Fit(middle, shape, item);
        }

        // The picture as it is to be seen; its height and width are given before its pixels are decoded.
        private static SKBitmap Shown(string path, Action<int, int> check)
        {
            if (Pgm.Is(path))
                return Grey(Disk.ReadAll(path), path, check);
            return Open(path, codec =>
            {
                var (height, width) = Orientations.Size(codec);
                check(height, width);
                return Orientations.Apply(Bitmap(path, codec), codec.EncodedOrigin);
            });
        }

        private static SKBitmap Grey(byte[] bytes, string path, Action<int, int> check)
        {
            var header = Pgm.Header(bytes, path);
            check(header.Height, header.Width);
            var bitmap = new SKBitmap(new SKImageInfo(header.Width, header.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
            var pixels = MemoryMarshal.Cast<byte, uint>(bitmap.GetPixelSpan());
            foreach (var (value, i) in header.Pixels(bytes, path).Select((value, i) => (value, i)))
                pixels[i] = 0xff000000 | value * 0x010101u;
            return bitmap;
        }

        private static void Fit(SKBitmap decoded, Shape shape, Span<byte> item)
        {
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

        // From memory, not from a stream: an error in Skia's calls back to a stream ends the process.
        private static T Open<T>(string path, Func<SKCodec, T> use) => Disk.Read(path, file =>
        {
            if (file.Length > LargestFile)
                throw new VaeException($"{path}: must have at most {LargestFile >> 20} MiB, got {file.Length} bytes");
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            var pinned = GCHandle.Alloc(bytes, GCHandleType.Pinned);
            try
            {
                using var data = SKData.Create(pinned.AddrOfPinnedObject(), bytes.Length);
                return Open(path, bytes, data, use);
            }
            finally
            {
                pinned.Free();
            }
        });

        private static T Open<T>(string path, byte[] bytes, SKData data, Func<SKCodec, T> use)
        {
            using var codec = SKCodec.Create(data);
            if (codec is null || !Formats.Contains(codec.EncodedFormat))
                throw new VaeException(
                    $"{path}: must be an image ({string.Join(", ", ImageFolder.Extensions)}), "
                    + $"got {(codec is null ? "something else" : codec.EncodedFormat)}");
            if (codec.Info.Width is < 1 or > ImageFolder.LargestSide || codec.Info.Height is < 1 or > ImageFolder.LargestSide)
                throw new VaeException(
                    $"{path}: must have sides of 1..{ImageFolder.LargestSide}, got {codec.Info.Width}x{codec.Info.Height}");
            var pixels = (long)codec.Info.Width * codec.Info.Height;
            if (pixels > Math.Max(AnyFile, bytes.Length * Disk.DeflateRatio))
                throw new VaeException(
                    $"{path}: must hold the {codec.Info.Width}x{codec.Info.Height} pixels that its header announces, "
                    + $"got a file of {bytes.Length} bytes, too short for them");
            return use(codec);
        }
    }
}
