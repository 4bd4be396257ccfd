using SkiaSharp;

namespace Vae.Torch;

/// <summary>Titles of a line plot.</summary>
/// <param name="Title">Name of the quantity.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Across">Name of the horizontal axis.</param>
public sealed record PlotTitles(string Title, string Unit, string Across);

/// <summary>Plots of lines over common x values, each with a name at its end.</summary>
internal static class LinePlots
{
    private const int Height = 460, MarginLeft = 64, MarginTop = 60, MarginBottom = 52, MaxNames = 220;

    public static Picture Draw(PlotTitles titles, double[] places, double[] values, ValueList<string> names, int width)
    {
        VaeException.Require(width is >= 300 and <= 4000, "width", "must be between 300 and 4000", width);
        VaeException.Require(
            places.Length >= 2 && places.All(double.IsFinite), "places", "must be at least 2 finite numbers", places.Length);
        VaeException.Require(names.Count is >= 1 and <= 10, "names", "must be 1 … 10", names.Count);
        VaeException.Require(
            values.Length == names.Count * places.Length && values.All(double.IsFinite), "values",
            $"must be {names.Count * places.Length} finite numbers, line by line", values.Length);
        using var sheet = new Sheet(width, Height, density: 2);
        // As wide as the names that stand there.
        var right = Math.Min(Math.Min(MaxNames, width / 3f), 20 + names.Max(name => Sheet.Width(name, 12)));
        var area = new SKRect(MarginLeft, MarginTop, width - right, Height - MarginBottom);
        var panel = new Panel(area, Extent.Around(places, room: 0.03), Extent.AroundOrders(values, room: 0.08));
        panel.Heading(sheet, titles.Title, titles.Unit);
        panel.YAxis(sheet);
        panel.XAxis(sheet, titles.Across, grid: true);
        for (var i = 0; i < names.Count; i++)
        {
            SKPoint[] line = [.. places.Select((x, at) => panel.At(x, values[i * places.Length + at]))];
            sheet.Polyline(line, Palette.Color(i), 2);
            foreach (var point in line)
                sheet.Mark(point, 3, Palette.Color(i));
        }
        float[] ends = [.. Enumerable.Range(0, names.Count).Select(i => panel.At(places[^1], values[(i + 1) * places.Length - 1]).Y)];
        foreach (var (y, i) in Apart(ends, area.Bottom - 10).Select((y, i) => (y, i)))
            sheet.Text(names[i], new(panel.At(places[^1], values[0]).X + 10, y + 4), 12, Panel.Ink);
        return sheet.ToPicture();
    }

    // Names are written beside the ends of their lines, moved apart if they would overlap and kept above the axis.
    private static float[] Apart(float[] ends, float bottom)
    {
        const float apart = 15;
        var order = Enumerable.Range(0, ends.Length).OrderBy(i => ends[i]).ToArray();
        var placed = (float[])ends.Clone();
        for (var k = 1; k < order.Length; k++)
            placed[order[k]] = MathF.Max(placed[order[k]], placed[order[k - 1]] + apart);
        placed[order[^1]] = MathF.Min(placed[order[^1]], bottom);
        for (var k = order.Length - 2; k >= 0; k--)
            placed[order[k]] = MathF.Min(placed[order[k]], placed[order[k + 1]] - apart);
        return placed;
    }
}
