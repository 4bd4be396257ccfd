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
            area, Extent.Around(shown.Select(i => rates[i]), room: 0.08), Extent.Around(shown.Select(i => distortions[i]), room: 0.12));
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

    // Beside its point, where it covers no other point and no other name; a name without such a place is omitted: the table lists all.
    private static void Names(Sheet sheet, Panel panel, int[] order, double[] rates, double[] distortions, ValueList<string> names)
    {
        var taken = Enumerable.Range(0, rates.Length).Where(i => double.IsFinite(rates[i]) && double.IsFinite(distortions[i]))
            .Select(i => panel.At(rates[i], distortions[i])).Select(at => new SKRect(at.X - 5, at.Y - 5, at.X + 5, at.Y + 5)).ToList();
        var page = new SKRect(panel.Area.Left, panel.Area.Top - 8, panel.Area.Right + MarginRight, panel.Area.Bottom);
        foreach (var i in order)
        {
            var box = Places(panel.At(rates[i], distortions[i]), Sheet.Width(names[i], 11))
                .FirstOrDefault(place => page.Contains(place) && !taken.Exists(other => other.IntersectsWith(place)));
            if (box == default)
                continue;
            taken.Add(box);
            sheet.Text(names[i], new(box.Left, box.Bottom - 3), 11, Panel.Ink);
        }
    }

    private static IEnumerable<SKRect> Places(SKPoint at, float length)
    {
        const float side = 8, height = 14;
        foreach (var top in new[] { at.Y - height - 1, at.Y + 1, at.Y - height / 2 })
            foreach (var left in new[] { at.X + side, at.X - side - length })
                yield return new(left, top, left + length, top + height);
        foreach (var top in new[] { at.Y - height - side, at.Y + side })
            yield return new(at.X - length / 2, top, at.X + length / 2, top + height);
    }
}
