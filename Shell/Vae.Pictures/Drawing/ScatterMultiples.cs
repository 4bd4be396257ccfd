using SkiaSharp;

namespace Vae.Torch;

/// <summary>One panel of small multiples: points of a plane.</summary>
/// <param name="Title">Above it.</param>
/// <param name="Codes">[N, 2]; what is not finite is left out.</param>
internal sealed record ScatterPanel(string Title, NdArray Codes);

/// <summary>Clouds of codes beside each other, with the circle that holds 95 % of N(0, I).</summary>
internal static class ScatterMultiples
{
    private const int Width = 900, MarginLeft = 38, MarginRight = 14, MarginTop = 30, MarginBottom = 34, LegendRow = 24, RowName = 26;

    // P(|z| < r) = 1 − exp(−r²/2) in a plane.
    private static readonly double Circle = Math.Sqrt(-2 * Math.Log(0.05));

    /// <summary>The panels row by row. Those of a row with a name stand on one scale; without names of rows each has its own.</summary>
    public static Picture Draw(IReadOnlyList<ScatterPanel> panels, int columns, int[] labels, ValueList<string> names, ValueList<string> rowNames)
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
                sheet.Text(rowNames[row], MarginLeft, bottom - side - MarginTop - 4, 15, Panel.Ink, bold: true);
            for (var column = 0; column < own.Count; column++)
            {
                var (x, y) = Extents(rowNames.Count > 0 ? own : [own[column]]);
                var left = column * (float)Width / columns + MarginLeft;
                Draw(sheet, new(new(left, bottom - side, left + side, bottom), x, y), own[column], labels, side < 250);
            }
        }
        return sheet.ToPicture();
    }

    // Marks and names from left to right, as many lines as they need; how many that are.
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
            sheet?.Text(names[k], x + 16, line * LegendRow + 16.5f, 13, Panel.Ink);
            x += width;
        }
        return line + 1;
    }

    // One unit is as long up as across, and the circle is always seen.
    private static (Extent X, Extent Y) Extents(IReadOnlyList<ScatterPanel> panels)
    {
        var values = panels.SelectMany(panel => panel.Codes.ToArray().Select((value, at) => (value, at))).Where(of => double.IsFinite(of.value)).ToList();
        Extent Of(int axis) => Extent.Around(values.Where(of => of.at % 2 == axis).Select(of => of.value).Append(-Circle).Append(Circle), room: 0.04);
        Extent x = Of(0), y = Of(1);
        var half = Math.Max(x.High - x.Low, y.High - y.Low) / 2;
        double midX = (x.Low + x.High) / 2, midY = (y.Low + y.High) / 2;
        return (new(midX - half, midX + half), new(midY - half, midY + half));
    }

    private static void Draw(Sheet sheet, Panel frame, ScatterPanel panel, int[] labels, bool small)
    {
        if (panel.Codes.Dims[0] == 0)
            return;
        sheet.Text(panel.Title, frame.Area.Left, frame.Area.Top - 10, small ? 12 : 14, small ? Panel.Muted : Panel.Ink, bold: !small);
        frame.YAxis(sheet, small ? 5 : 7);
        frame.XAxis(sheet, "", small ? 5 : 7, grid: true);
        var codes = panel.Codes.ToArray();
        var radius = (float)Math.Clamp((small ? 40 : 62) / Math.Sqrt(codes.Length / 2.0), 0.8, 3.2);
        for (var i = 0; i < codes.Length / 2; i++)
        {
            var label = labels.Length == 0 ? 0 : labels[i];
            if (double.IsFinite(codes[2 * i]) && double.IsFinite(codes[2 * i + 1]))
                sheet.Mark(frame.At(codes[2 * i], codes[2 * i + 1]), radius, Palette.Color(label).WithAlpha(190), Palette.Form(label));
        }
        sheet.Polyline([.. Enumerable.Range(0, 181).Select(k => frame.At(Circle * Math.Cos(k * Math.PI / 90), Circle * Math.Sin(k * Math.PI / 90)))], Panel.Ink, small ? 1 : 1.4f);
    }
}
