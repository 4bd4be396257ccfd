using SkiaSharp;

namespace Vae.Torch;

/// <summary>Scatter plots of points in a plane, coloured and named by class.</summary>
internal static class Scatters
{
    private const int Side = 560, MarginLeft = 56, MarginTop = 24, MarginBottom = 52, MaxLegend = 24;

    public static Picture Draw(ReadOnlySpan<float> points, ReadOnlySpan<int> labels, ValueList<string> classNames)
    {
        VaeException.Require(points.Length > 0, "points", "must hold at least one", "none");
        VaeException.Require(points.Length % 2 == 0, "points", "must be pairs of coordinates", $"{points.Length} values");
        VaeException.Require(
            labels.Length == 0 || labels.Length == points.Length / 2, "labels", $"must be {points.Length / 2}, one per point",
            labels.Length);
        foreach (var label in labels)
            VaeException.Require(label >= 0 && (classNames.Count == 0 || label < classNames.Count), "labels", Rule(classNames), label);
        var names = labels.Length == 0 ? [] : classNames.Count > 0 ? classNames : Numbers(labels);
        var legend = names.Count == 0 ? 24 : (int)MathF.Ceiling(names.Take(MaxLegend).Max(name => Sheet.Width(name, 13))) + 56;
        using var sheet = new Sheet(MarginLeft + Side + legend, MarginTop + Side + MarginBottom, density: 2);
        var panel = Frame(points);
        panel.YAxis(sheet, about: 8);
        panel.XAxis(sheet, "z₁", about: 8, grid: true);
        sheet.Text("z₂", new(10, panel.Area.MidY + 4), 12, Panel.Muted);
        Dots(sheet, panel, points, labels);
        Names(sheet, panel, points, labels, names);
        return sheet.ToPicture();
    }

    private static string Rule(ValueList<string> names) =>
        names.Count == 0 ? "must be at least 0" : $"must be 0 to {names.Count - 1}, an index into classNames";

    private static ValueList<string> Numbers(ReadOnlySpan<int> labels)
    {
        var last = 0;
        foreach (var label in labels)
            last = Math.Max(last, label);
        return ValueList.From(Enumerable.Range(0, Math.Min(last + 1, MaxLegend)).Select(i => $"{i}"));
    }

    // Both axes have the same scale, so that a round cloud looks round.
    private static Panel Frame(ReadOnlySpan<float> points)
    {
        List<double> across = [], up = [];
        for (var i = 0; i < points.Length; i += 2)
        {
            if (float.IsFinite(points[i]) && float.IsFinite(points[i + 1]))
            {
                across.Add(points[i]);
                up.Add(points[i + 1]);
            }
        }
        VaeException.Require(across.Count > 0, "points", "must hold at least one finite point", "none");
        Extent x = Extent.Around(across), y = Extent.Around(up);
        var half = Math.Max(x.High - x.Low, y.High - y.Low) / 2;
        double midX = (x.Low + x.High) / 2, midY = (y.Low + y.High) / 2;
        return new(
            new(MarginLeft, MarginTop, MarginLeft + Side, MarginTop + Side),
            new(midX - half, midX + half), new(midY - half, midY + half));
    }

    // Points are drawn in the order of the data, as a class drawn last would hide the others.
    private static void Dots(Sheet sheet, Panel panel, ReadOnlySpan<float> points, ReadOnlySpan<int> labels)
    {
        var count = points.Length / 2;
        var radius = (float)Math.Clamp(60 / Math.Sqrt(count), 1.3, 3.6);
        var opacity = (byte)(count > 1000 ? 150 : 205);
        for (var i = 0; i < count; i++)
        {
            var label = labels.Length == 0 ? 0 : labels[i];
            if (float.IsFinite(points[2 * i]) && float.IsFinite(points[2 * i + 1]))
                sheet.Mark(
                    panel.At(points[2 * i], points[2 * i + 1]), radius, Palette.Color(label).WithAlpha(opacity), Palette.Form(label));
        }
    }

    // Each class is named twice: in the legend, and at its median for readers who cannot distinguish the colours.
    private static void Names(Sheet sheet, Panel panel, ReadOnlySpan<float> points, ReadOnlySpan<int> labels, ValueList<string> names)
    {
        List<(string Name, SKPoint Middle)> medians = [];
        for (var k = 0; k < Math.Min(names.Count, MaxLegend); k++)
        {
            List<float> across = [], up = [];
            for (var i = 0; i < labels.Length; i++)
            {
                if (labels[i] == k && float.IsFinite(points[2 * i]) && float.IsFinite(points[2 * i + 1]))
                {
                    across.Add(points[2 * i]);
                    up.Add(points[2 * i + 1]);
                }
            }
            var y = MarginTop + 14 + k * 22;
            sheet.Mark(new(panel.Area.Right + 22, y - 4.5f), 5, Palette.Color(k), Palette.Form(k));
            sheet.Text(names[k], new(panel.Area.Right + 34, y), 13, Panel.Ink);
            if (across.Count == 0)
                continue;
            medians.Add((names[k], panel.At(across.Order().ElementAt(across.Count / 2), up.Order().ElementAt(up.Count / 2))));
        }
        var places = NamePlaces.Apart(
            [.. medians.Select(median => median.Middle)],
            [.. medians.Select(median => new SKSize(Sheet.Width(median.Name, 15) + 3, 15))]);
        for (var i = 0; i < places.Length; i++)
            sheet.Halo(medians[i].Name, places[i].X, places[i].Y + 5, 15, Panel.Ink);
    }
}
