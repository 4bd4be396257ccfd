using System.Runtime.InteropServices;
using SkiaSharp;

namespace Vae.Torch;

/// <summary>Turns pictures as their EXIF orientation asks; EXIF 2.32, tag 274.</summary>
internal static class Orientations
{
    /// <summary>Height and width as shown.</summary>
    public static (int Height, int Width) Size(SKCodec codec) =>
        Turns(codec.EncodedOrigin) ? (codec.Info.Width, codec.Info.Height) : (codec.Info.Height, codec.Info.Width);

    /// <summary>The picture as shown; the stored one, of four bytes a pixel, is disposed unless it is returned.</summary>
    public static SKBitmap Apply(SKBitmap stored, SKEncodedOrigin origin)
    {
        if (origin is SKEncodedOrigin.TopLeft or SKEncodedOrigin.Default)
            return stored;
        using (stored)
        {
            var (right, bottom) = (stored.Width - 1, stored.Height - 1);
            var shown = new SKBitmap(Turns(origin) ? stored.Info.WithSize(stored.Height, stored.Width) : stored.Info);
            var from = MemoryMarshal.Cast<byte, uint>(stored.GetPixelSpan());
            var to = MemoryMarshal.Cast<byte, uint>(shown.GetPixelSpan());
            for (var y = 0; y < shown.Height; y++)
                for (var x = 0; x < shown.Width; x++)
                {
                    var (column, row) = origin switch
                    {
                        SKEncodedOrigin.TopRight => (right - x, y),
                        SKEncodedOrigin.BottomRight => (right - x, bottom - y),
                        SKEncodedOrigin.BottomLeft => (x, bottom - y),
                        SKEncodedOrigin.LeftTop => (y, x),
                        SKEncodedOrigin.RightTop => (y, bottom - x),
                        SKEncodedOrigin.RightBottom => (right - y, bottom - x),
                        _ => (right - y, x),
                    };
                    to[y * shown.Width + x] = from[row * stored.Width + column];
                }
            return shown;
        }
    }

    // The origins from the fifth exchange rows and columns.
    private static bool Turns(SKEncodedOrigin origin) => origin >= SKEncodedOrigin.LeftTop;
}
