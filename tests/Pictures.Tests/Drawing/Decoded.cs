using SkiaSharp;

namespace Vae.Tests;

/// <summary>A PNG file read back by the decoder that other programs would use.</summary>
internal sealed class Decoded : IDisposable
{
    private readonly SKBitmap bitmap;

    public Decoded(Picture picture) => bitmap = SKBitmap.Decode(picture.ToPng());

    public int Width => bitmap.Width;

    public int Height => bitmap.Height;

    public (byte R, byte G, byte B) this[int x, int y] =>
        (bitmap.GetPixel(x, y).Red, bitmap.GetPixel(x, y).Green, bitmap.GetPixel(x, y).Blue);

    public int Colours() => bitmap.Pixels.Distinct().Count();

    /// <summary>The part of an area that is not white.</summary>
    public double Inked(int left, int top, int right, int bottom)
    {
        var inked = 0;
        for (var y = top; y < bottom; y++)
        {
            for (var x = left; x < right; x++)
                inked += this[x, y] == (255, 255, 255) ? 0 : 1;
        }
        return inked / (double)((right - left) * (bottom - top));
    }

    public void Dispose() => bitmap.Dispose();
}
