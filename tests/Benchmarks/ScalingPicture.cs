using System.Globalization;
using SkiaSharp;

namespace Vae.Benchmarks;

/// <summary>Curves as panels, both axes logarithmic: a power of the size is a straight line.</summary>
internal static class ScalingPicture
{
    private const int PanelWidth = 350, PanelHeight = 330, PerRow = 3;
    private const int Left = 52, Right = 18, Top = 56, Bottom = 52;
    private static readonly SKColor Grid = new(0xE6, 0xE8, 0xEB);

    public static Picture Draw(ValueList<ScalingCurve> curves)
    {
        var rows = (curves.Count + PerRow - 1) / PerRow;
        using var sheet = new Sheet(PerRow * PanelWidth, rows * PanelHeight, density: 2);
        for (var i = 0; i < curves.Count; i++)
        {
            float x = i % PerRow * PanelWidth, y = i / PerRow * PanelHeight;
            Draw(sheet, new(x + Left, y + Top, x + PanelWidth - Right, y + PanelHeight - Bottom), curves[i]);
        }
        return sheet.ToPicture();
    }

    private static void Draw(Sheet sheet, SKRect area, ScalingCurve curve)
    {
        var points = curve.Points.Select(p => (X: Math.Log2(p.Size), Y: Math.Log2(p.Microseconds / curve.Points[0].Microseconds))).ToList();
        double lowX = points[0].X - 0.2, highX = points[^1].X + 0.2;
        // Two octaves at least: noise should look as small as it is.
        double lowY = Math.Floor(points.Min(p => p.Y)) - 0.2, highY = Math.Max(Math.Ceiling(points.Max(p => p.Y)), lowY + 2.2) + 0.2;
        var panel = new Panel(area, new(lowX, highX), new(lowY, highY));
        panel.Heading(sheet, curve.Title, "time for an image, over the smallest size");
        for (var octave = (int)Math.Ceiling(lowY); octave <= highY; octave++)
            Rung(sheet, panel, octave);
        foreach (var (point, size) in points.Zip(curve.Points.Select(p => p.Size)))
            panel.XTick(sheet, point.X, size.ToString(CultureInfo.InvariantCulture), 11);
        panel.XLine(sheet, curve.Axis);
        var line = points.Select(p => panel.At(p.X, p.Y)).ToList();
        sheet.Polyline(line, Panel.Blue, 2);
        line.ForEach(at => sheet.Mark(at, 3, Panel.Blue));
    }

    private static void Rung(Sheet sheet, Panel panel, int octave)
    {
        var at = panel.At(panel.X.Low, octave);
        sheet.Line(at, new(panel.Area.Right, at.Y), Grid, 1);
        var text = octave >= 0 ? $"{1 << octave}" : $"1/{1 << -octave}";
        sheet.Text(text, new(panel.Area.Left - 7, at.Y + 4.2f), 12, Panel.Muted, SKTextAlign.Right);
    }
}
