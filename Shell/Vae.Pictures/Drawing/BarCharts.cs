using System.Globalization;
using SkiaSharp;

namespace Vae.Torch;

/// <summary>Bar charts of values in descending order, labelled by index.</summary>
internal static class BarCharts
{
    private const int MarginLeft = 56, MarginTop = 60, MarginBottom = 50, MarginRight = 20, Height = 340;

    public static Picture Draw(ReadOnlySpan<double> values, string title, string unit, string item, int width)
    {
        VaeException.Require(values.Length > 0, "values", "must hold at least one", "none");
        VaeException.Require(width is >= 300 and <= 4000, "width", "must be between 300 and 4000", width);
        var ordered = values.ToArray().Select((value, place) => (Value: value, Place: place))
            .OrderByDescending(bar => double.IsFinite(bar.Value) ? bar.Value : double.NegativeInfinity).ToList();
        using var sheet = new Sheet(width, Height, density: 2);
        var area = new SKRect(MarginLeft, MarginTop, width - MarginRight, Height - MarginBottom);
        // Bars start at zero, so that their lengths are proportional to the values.
        var (low, high) = Extent.Around(ordered.Select(bar => bar.Value).Append(0), room: 0.12);
        var panel = new Panel(area, new(-0.6, ordered.Count - 0.4), new(ordered.All(bar => !(bar.Value < 0)) ? 0 : low, high));
        panel.Heading(sheet, title, unit);
        panel.YAxis(sheet);
        var step = area.Width / (ordered.Count + 0.2f);
        for (var i = 0; i < ordered.Count; i++)
            Bar(sheet, panel, i, ordered[i].Value, ordered[i].Place, step);
        panel.XLine(sheet, $"{item}, ordered by {title}");
        return sheet.ToPicture();
    }

    private static void Bar(Sheet sheet, Panel panel, int rank, double value, int place, float step)
    {
        var half = Math.Clamp(step * 0.38f, 0.4f, 26);
        if (double.IsFinite(value))
        {
            var top = panel.At(rank, value);
            var foot = panel.At(rank, 0).Y;
            sheet.Fill(new(top.X - half, Math.Min(top.Y, foot), top.X + half, Math.Max(top.Y, foot)), Panel.Blue);
            if (step >= 34)
                sheet.Text(
                    value.ToString("0.00", CultureInfo.InvariantCulture), new(top.X, Math.Min(top.Y, foot) - 6), 11, Panel.Muted,
                    SKTextAlign.Center);
        }
        else
            sheet.Text("not finite", new(panel.At(rank, 0).X, panel.Area.Bottom - 6), 10, Panel.Vermilion, SKTextAlign.Center);
        // Label as many bars as fit.
        var every = (int)Math.Ceiling(26 / step);
        if (rank % every == 0)
            panel.XTick(sheet, rank, place.ToString(CultureInfo.InvariantCulture), 11);
    }
}
