using SkiaSharp;

namespace Vae.Torch;

/// <summary>Rate–distortion plots: models by KL and reconstruction, with their Pareto front.</summary>
internal static class RateDistortionPlots
{
    private const int Height = 520, MarginLeft = 64, MarginTop = 60, MarginBottom = 52, MarginRight = 40, MaxNames = 60;

    public static Picture Draw(double[] rates, double[] distortions, ValueList<string> names, int width)
    {
        VaeException.Require(width is >= 300 and <= 4000, "width", "must be between 300 and 4000", width);
        VaeException.Require(
            distortions.Length == rates.Length, "distortions", $"must be {rates.Length}, one per rate", distortions.Length);
        VaeException.Require(names.Count == rates.Length, "names", $"must be {rates.Length}, one per rate", names.Count);
        int[] shown = [.. Enumerable.Range(0, rates.Length).Where(i => double.IsFinite(rates[i]) && double.IsFinite(distortions[i]))];
        VaeException.Require(shown.Length > 0, "rates", "must hold at least one finite rate with a finite distortion", "none");
        using var sheet = new Sheet(width, Height, density: 2);
        var area = new SKRect(MarginLeft, MarginTop, width - MarginRight, Height - MarginBottom);
        var panel = new Panel(
            area, Extent.Around(shown.Select(i => rates[i]), room: 0.12), Extent.Around(shown.Select(i => distortions[i]), room: 0.12));
        panel.Heading(sheet, "Reconstruction", "nats per example");
        panel.YAxis(sheet);
        panel.XAxis(sheet, "KL, nats per example", grid: true);
        var front = ParetoFronts.Indices(rates, distortions);
        sheet.Polyline([.. front.Select(i => panel.At(rates[i], distortions[i]))], Panel.Vermilion, 1.5f);
        foreach (var i in shown)
            sheet.Mark(panel.At(rates[i], distortions[i]), 4, front.Contains(i) ? Panel.Vermilion : Panel.Blue);
        Names(sheet, panel, [.. front.Concat(shown.Except(front)).Take(MaxNames)], rates, distortions, names);
        return sheet.ToPicture();
    }

    // A name that would overlap another is omitted; the table lists all.
    private static void Names(Sheet sheet, Panel panel, int[] order, double[] rates, double[] distortions, ValueList<string> names)
    {
        var taken = new List<SKRect>();
        foreach (var i in order)
        {
            var at = panel.At(rates[i], distortions[i]);
            var length = Sheet.Width(names[i], 11);
            var left = at.X + 8 + length > panel.Area.Right + MarginRight ? at.X - 8 - length : at.X + 8;
            var box = new SKRect(left, at.Y - 15, left + length, at.Y);
            if (taken.Any(other => other.IntersectsWith(box)))
                continue;
            taken.Add(box);
            sheet.Text(names[i], new(left, at.Y - 3), 11, Panel.Muted);
        }
    }
}
