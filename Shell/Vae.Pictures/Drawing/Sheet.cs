using SkiaSharp;

namespace Vae.Torch;

/// <summary>A white canvas. Lengths are in units of a page; a picture has <c>density</c> pixels per unit.</summary>
internal sealed class Sheet : IDisposable
{
    private readonly SKBitmap bitmap;
    private readonly SKCanvas canvas;
    private readonly double density;

    public Sheet(int width, int height, int density)
    {
        Picture.CheckSize((long)width * density, (long)height * density);
        this.density = density;
        bitmap = new SKBitmap(new SKImageInfo(width * density, height * density, SKColorType.Rgba8888, SKAlphaType.Premul));
        canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.White);
        canvas.Scale(density);
    }

    /// <summary>The pixels as RGBA, row by row.</summary>
    public Span<byte> Bytes => bitmap.GetPixelSpan();

    public int PixelsPerRow => bitmap.Width;

    public static float Width(string text, float size, bool bold = false)
    {
        using var font = Font(text, size, bold);
        return font.MeasureText(text);
    }

    /// <summary>Draws text on one line.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">The point of the baseline that <paramref name="align"/> refers to.</param>
    /// <param name="size">Size of the font.</param>
    /// <param name="color">Colour of the text.</param>
    /// <param name="align">Horizontal alignment.</param>
    /// <param name="bold">Whether the font is semi-bold.</param>
    public void Text(string text, SKPoint at, float size, SKColor color, SKTextAlign align = SKTextAlign.Left, bool bold = false)
    {
        using var font = Font(text, size, bold);
        using var paint = new SKPaint { Color = color, IsAntialias = true };
        canvas.DrawText(text, at.X, at.Y, align, font, paint);
    }

    /// <summary>Draws centred text with a white outline, which is legible over points.</summary>
    public void Halo(string text, float x, float baseline, float size, SKColor color)
    {
        using var font = Font(text, size, bold: true);
        using var rim = Pen(SKColors.White.WithAlpha(225), 4);
        canvas.DrawText(text, x, baseline, SKTextAlign.Center, font, rim);
        Text(text, new(x, baseline), size, color, SKTextAlign.Center, bold: true);
    }

    public void Line(SKPoint from, SKPoint to, SKColor color, float width)
    {
        using var paint = Pen(color, width);
        canvas.DrawLine(from, to, paint);
    }

    public void Polyline(IReadOnlyList<SKPoint> points, SKColor color, float width)
    {
        using var path = new SKPath();
        path.AddPoly([.. points], close: false);
        using var paint = Pen(color, width);
        canvas.DrawPath(path, paint);
    }

    public void Fill(SKRect area, SKColor color)
    {
        using var paint = new SKPaint { Color = color, IsAntialias = true };
        canvas.DrawRect(area, paint);
    }

    /// <summary>Draws a mark of the given radius: a disc, square or triangle for <paramref name="form"/> 0, 1 or 2, modulo 3.</summary>
    public void Mark(SKPoint at, float radius, SKColor color, int form = 0)
    {
        using var paint = new SKPaint { Color = color, IsAntialias = true };
        if (form % 3 == 0)
            canvas.DrawCircle(at, radius, paint);
        else if (form % 3 == 1)
            canvas.DrawRect(at.X - radius * 0.9f, at.Y - radius * 0.9f, radius * 1.8f, radius * 1.8f, paint);
        else
        {
            using var triangle = new SKPath();
            triangle.AddPoly([
                new(at.X, at.Y - radius * 1.2f), new(at.X + radius * 1.1f, at.Y + radius * 0.8f),
                new(at.X - radius * 1.1f, at.Y + radius * 0.8f)]);
            canvas.DrawPath(triangle, paint);
        }
    }

    /// <summary>The drawing as a picture; greyscale if no pixel has a colour.</summary>
    public Picture ToPicture()
    {
        canvas.Flush();
        var pixels = bitmap.GetPixelSpan();
        var grey = new byte[pixels.Length / 4];
        for (var i = 0; i < grey.Length; i++)
        {
            if (pixels[4 * i] != pixels[4 * i + 1] || pixels[4 * i] != pixels[4 * i + 2])
                return Picture.Rgba(bitmap.Width, bitmap.Height, pixels, density);
            grey[i] = pixels[4 * i];
        }
        return Picture.Greyscale(bitmap.Width, bitmap.Height, grey, density);
    }

    public void Dispose()
    {
        canvas.Dispose();
        bitmap.Dispose();
    }

    private static SKPaint Pen(SKColor color, float width) =>
        new() { Color = color, IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeWidth = width, StrokeJoin = SKStrokeJoin.Round };

    // Without hinting and with subpixel positions, letter spacing is even at any size.
    private static SKFont Font(string text, float size, bool bold) =>
        new(Typefaces.For(text, bold), size) { Subpixel = true, Hinting = SKFontHinting.None, Edging = SKFontEdging.Antialias };
}
