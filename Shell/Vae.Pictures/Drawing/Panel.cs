using SkiaSharp;

namespace Vae.Torch;

/// <summary>The frame of a plot: title, unit, light grid and tick labels at round values; no box, so that the data stand out.</summary>
/// <param name="Area">The plotting area.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis.</param>
internal sealed record Panel(SKRect Area, Extent X, Extent Y)
{
    public static readonly SKColor Ink = new(0x1F, 0x23, 0x28);
    public static readonly SKColor Muted = new(0x5F, 0x68, 0x72);
    private static readonly SKColor Faint = new(0xE6, 0xE8, 0xEB);
    private static readonly SKColor Axis = new(0x9A, 0xA1, 0xA9);

    /// <summary>Blue and vermilion of Okabe &amp; Ito 2008: distinct for colour-blind readers and in greyscale.</summary>
    public static readonly SKColor Blue = new(0x00, 0x72, 0xB2);

    public static readonly SKColor Vermilion = new(0xD5, 0x5E, 0x00);

    public SKPoint At(double x, double y) => new(
        Area.Left + (float)X.At(x) * Area.Width, Area.Bottom - (float)Y.At(y) * Area.Height);

    /// <summary>Draws the title in bold and the unit below it, both aligned with the axis.</summary>
    public void Heading(Sheet sheet, string title, string unit)
    {
        sheet.Text(title, new(Area.Left, Area.Top - 28), 15, Ink, bold: true);
        sheet.Text(unit, new(Area.Left, Area.Top - 12), 12, Muted);
    }

    public void YAxis(Sheet sheet, int about = 5)
    {
        var (step, values) = Y.IsLogarithmic ? (0, Ticks.Powers(Y)) : Ticks.Place(Y, about);
        foreach (var value in values)
        {
            var at = Area.Bottom - (float)Y.At(value) * Area.Height;
            sheet.Line(new(Area.Left, at), new(Area.Right, at), Faint, 1);
            var text = Y.IsLogarithmic ? Ticks.Text(value) : Ticks.Text(value, step);
            sheet.Text(text, new(Area.Left - 7, at + 4.2f), 12, Ink, SKTextAlign.Right);
        }
    }

    public void XAxis(Sheet sheet, string name, int about = 5, bool whole = false, bool grid = false)
    {
        var (step, values) = Ticks.Place(X, about, whole ? 1 : 0);
        foreach (var value in values)
        {
            var at = Area.Left + (float)X.At(value) * Area.Width;
            if (grid)
                sheet.Line(new(at, Area.Bottom), new(at, Area.Top), Faint, 1);
            XTick(sheet, value, Ticks.Text(value, step));
        }
        XLine(sheet, name);
    }

    public void XTick(Sheet sheet, double value, string text, float size = 12)
    {
        var at = Area.Left + (float)X.At(value) * Area.Width;
        sheet.Line(new(at, Area.Bottom), new(at, Area.Bottom + 4), Axis, 1);
        sheet.Text(text, new(at, Area.Bottom + 18), size, Ink, SKTextAlign.Center);
    }

    public void XLine(Sheet sheet, string name)
    {
        sheet.Line(new(Area.Left, Area.Bottom), new(Area.Right, Area.Bottom), Axis, 1);
        sheet.Text(name, new(Area.MidX, Area.Bottom + 36), 12, Muted, SKTextAlign.Center);
    }
}
