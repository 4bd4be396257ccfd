using SkiaSharp;

namespace Vae.Torch;

/// <summary>One panel of small multiples: codes in a plane.</summary>
/// <param name="Title">Title above the panel.</param>
/// <param name="Codes">[N, 2]; codes that are not finite are skipped.</param>
internal sealed record ScatterPanel(string Title, NdArray Codes);

/// <summary>Scatter plots of codes side by side, with the circle that holds 95 % of N(0, I).</summary>
internal static class ScatterMultiples
{
    private const int Width = 900, MarginLeft = 38, MarginRight = 14, MarginTop = 30, MarginBottom = 34, LegendRow = 24, RowName = 26;

    // P(|z| < r) = 1 − exp(−r²/2) in a plane.
    private static readonly double Circle = Math.Sqrt(-2 * Math.Log(0.05));

    /// <summary>Draws panels row by row. With row names, panels of a row share a scale; otherwise each panel has its own.</summary>
    public static Picture Draw(
        IReadOnlyList<ScatterPanel> panels, int columns, int[] labels, ValueList<string> names, ValueList<string> rowNames)
    {
        columns = Math.Clamp(columns, 1, panels.Count);
        var side = Width / columns - MarginLeft - MarginRight;
        var rows = (panels.Count + columns - 1) / columns;
        var legend = names.Count == 0 ? 0 : LegendRow * Legend(null, names);
        var height = (rowNames.Count > 0 ? RowName : 0) + MarginTop + side + MarginBottom;
        using var sheet = new Sheet(Width, legend + rows * height, density: 2);
        Legend(sheet, names);
        for (var row = 0; row < rows; row++)
        {
            var own = panels.Skip(row * columns).Take(columns).ToList();
            var bottom = legend + (row + 1) * height - MarginBottom;
            if (rowNames.Count > 0)
                sheet.Text(rowNames[row], new(MarginLeft, bottom - side - MarginTop - 4), 15, Panel.Ink, bold: true);
            for (var column = 0; column < own.Count; column++)
            {
                var (x, y) = Extents(rowNames.Count > 0 ? own : [own[column]]);
                var left = column * (float)Width / columns + MarginLeft;
                Draw(sheet, new(new(left, bottom - side, left + side, bottom), x, y), own[column], labels, side < 250);
            }
        }
        return sheet.ToPicture();
    }

    // Draws marks and names in as many lines as needed, and returns the number of lines.
    private static int Legend(Sheet? sheet, ValueList<string> names)
    {
        float x = MarginLeft;
        var line = 0;
        for (var k = 0; k < names.Count; k++)
        {
            var width = 16 + Sheet.Width(names[k], 13) + 18;
            if (x + width > Width && x > MarginLeft)
                (x, line) = (MarginLeft, line + 1);
            sheet?.Mark(new(x + 5, line * LegendRow + 12), 5, Palette.Color(k), Palette.Form(k));
            sheet?.Text(names[k], new(x + 16, line * LegendRow + 16.5f), 13, Panel.Ink);
            x += width;
        }
        return line + 1;
    }

    // Both axes have the same scale, and the circle is always visible.
    private static (Extent X, Extent Y) Extents(IReadOnlyList<ScatterPanel> panels)
    {
        var values = panels.SelectMany(panel => panel.Codes.ToArray().Select((value, at) => (Value: value, Axis: at % 2)))
            .Where(coordinate => double.IsFinite(coordinate.Value)).ToList();
        Extent Along(int axis) => Extent.Around(
            values.Where(coordinate => coordinate.Axis == axis).Select(coordinate => coordinate.Value).Append(-Circle).Append(Circle),
            room: 0.04);
        Extent x = Along(0), y = Along(1);
        var half = Math.Max(x.High - x.Low, y.High - y.Low) / 2;
        double midX = (x.Low + x.High) / 2, midY = (y.Low + y.High) / 2;
        return (new(midX - half, midX + half), new(midY - half, midY + half));
    }

    private static void Draw(Sheet sheet, Panel frame, ScatterPanel panel, int[] labels, bool small)
    {
        if (panel.Codes.Dims[0] == 0)
            return;
        var title = new SKPoint(frame.Area.Left, frame.Area.Top - 10);
        sheet.Text(panel.Title, title, small ? 12 : 14, small ? Panel.Muted : Panel.Ink, bold: !small);
        frame.YAxis(sheet, small ? 5 : 7);
        frame.XAxis(sheet, "", small ? 5 : 7, grid: true);
        var codes = panel.Codes.ToArray();
        var radius = (float)Math.Clamp((small ? 40 : 62) / Math.Sqrt(codes.Length / 2.0), 0.8, 3.2);
        for (var i = 0; i < codes.Length / 2; i++)
        {
            var label = labels.Length == 0 ? 0 : labels[i];
            if (double.IsFinite(codes[2 * i]) && double.IsFinite(codes[2 * i + 1]))
                sheet.Mark(
                    frame.At(codes[2 * i], codes[2 * i + 1]), radius, Palette.Color(label).WithAlpha(190), Palette.Form(label));
        }
        SKPoint OnCircle(int degrees) =>
            frame.At(Circle * Math.Cos(degrees * Math.PI / 180), Circle * Math.Sin(degrees * Math.PI / 180));
        sheet.Polyline([.. Enumerable.Range(0, 181).Select(k => OnCircle(2 * k))], Panel.Ink, small ? 1 : 1.4f);
    }
}
