using System.Globalization;
using SkiaSharp;

namespace Vae.Torch;

/// <summary>One line of a panel.</summary>
internal sealed record CurveLine(SKColor Color, ValueList<double> Values);

/// <summary>One panel of lines over epochs.</summary>
/// <param name="Title">Name of the quantity.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Ends">Number format of the last values; null for losses, which are rounded to 0.1 nats or more coarsely.</param>
/// <param name="Lines">The lines; the last is drawn on top.</param>
internal sealed record CurvePanel(string Title, string Unit, string? Ends, ValueList<CurveLine> Lines);

/// <summary>Loss curves of a run: small multiples of its loss terms over epochs.</summary>
internal static class Curves
{
    private const int Height = 318, Header = 40, MarginLeft = 50, MarginRight = 60, MarginTop = 52, MarginBottom = 48;

    public static Picture Draw(ValueList<HistoryEntry> history, int width)
    {
        VaeException.Require(history.Count > 0, "history", "must hold at least one epoch", "none");
        VaeException.Require(width is >= 300 and <= 4000, "width", "must be between 300 and 4000", width);
        var panels = Panels(history);
        var perRow = width >= 640 ? 3 : 1;
        var rows = (panels.Count + perRow - 1) / perRow;
        using var sheet = new Sheet(width, Header + rows * Height, density: 2);
        Legend(sheet);
        for (var i = 0; i < panels.Count; i++)
        {
            float left = i % perRow * (float)width / perRow, top = Header + i / perRow * Height;
            var area = new SKRect(
                left + MarginLeft, top + MarginTop, left + (float)width / perRow - MarginRight, top + Height - MarginBottom);
            Draw(sheet, area, panels[i], [.. history.Select(entry => entry.Epoch)]);
        }
        return sheet.ToPicture();
    }

    private static ValueList<CurvePanel> Panels(ValueList<HistoryEntry> history)
    {
        var panels = new List<CurvePanel>();
        AddLoss(panels, "−ELBO", history, terms => terms.NegElbo);
        AddLoss(panels, "Reconstruction", history, terms => terms.Reconstruction);
        AddLoss(panels, "KL", history, terms => terms.Kl);
        Settings(panels, "Learning rate", "at the end of the epoch", "0.###e0", [.. history.Select(entry => entry.LearningRate)]);
        Settings(panels, "β", "KL weight", "0.###", [.. history.Select(entry => entry.Beta)]);
        return ValueList.From(panels);
    }

    // An autoencoder has only a reconstruction.
    private static void AddLoss(List<CurvePanel> panels, string title, ValueList<HistoryEntry> history, Func<Terms, double?> term)
    {
        if (history.Any(entry => term(entry.Train) is not null || term(entry.Validation) is not null))
            panels.Add(new(title, "nats per example", null, [
                new(Panel.Blue, [.. history.Select(entry => term(entry.Train) ?? double.NaN)]),
                new(Panel.Vermilion, [.. history.Select(entry => term(entry.Validation) ?? double.NaN)])]));
    }

    // Constant settings are listed with the experiment.
    private static void Settings(List<CurvePanel> panels, string title, string unit, string ends, ValueList<double> values)
    {
        if (values.Distinct().Count() > 1)
            panels.Add(new(title, unit, ends, [new(Panel.Ink, values)]));
    }

    private static void Legend(Sheet sheet)
    {
        var x = (float)MarginLeft;
        foreach (var (name, color) in new[] { ("train", Panel.Blue), ("validation", Panel.Vermilion) })
        {
            sheet.Line(new(x, 22), new(x + 24, 22), color, 2.5f);
            sheet.Text(name, new(x + 31, 26.5f), 13, Panel.Ink);
            x += 31 + Sheet.Width(name, 13) + 24;
        }
    }

    private static void Draw(Sheet sheet, SKRect area, CurvePanel panel, ValueList<int> epochs)
    {
        var x = epochs[0] == epochs[^1] ? new Extent(epochs[0] - 0.5, epochs[0] + 0.5) : new Extent(epochs[0], epochs[^1]);
        var values = panel.Lines.SelectMany(line => line.Values);
        // Settings follow schedules, whose shape is that of a linear axis.
        var frame = new Panel(area, x, panel.Ends is null ? Extent.AroundOrders(values) : Extent.Around(values));
        frame.Heading(sheet, panel.Title, panel.Unit);
        frame.YAxis(sheet);
        frame.XAxis(sheet, "epoch", whole: true);
        foreach (var line in panel.Lines)
            Draw(sheet, frame, line, epochs);
        Ends(sheet, frame, panel, epochs);
    }

    // A value that is not finite interrupts the line.
    private static void Draw(Sheet sheet, Panel frame, CurveLine line, ValueList<int> epochs)
    {
        var piece = new List<SKPoint>();
        for (var i = 0; i <= epochs.Count; i++)
        {
            if (i < epochs.Count && double.IsFinite(line.Values[i]))
            {
                piece.Add(frame.At(epochs[i], line.Values[i]));
                if (epochs.Count <= 30)
                    sheet.Mark(piece[^1], 2.4f, line.Color);
                continue;
            }
            if (piece.Count > 1)
                sheet.Polyline(piece, line.Color, 2);
            piece.Clear();
        }
    }

    // The last values are written beside their points, moved apart if they would overlap.
    private static void Ends(Sheet sheet, Panel frame, CurvePanel panel, ValueList<int> epochs)
    {
        const float apart = 14;
        var ends = panel.Lines.Where(line => double.IsFinite(line.Values[^1])).OrderByDescending(line => line.Values[^1]).ToList();
        var below = float.NegativeInfinity;
        var lift = ends.Count == 2 ? MathF.Max(0, apart - (frame.At(0, ends[1].Values[^1]).Y - frame.At(0, ends[0].Values[^1]).Y)) / 2 : 0;
        foreach (var line in ends)
        {
            var at = frame.At(epochs[^1], line.Values[^1]);
            sheet.Mark(at, 3.2f, line.Color);
            below = MathF.Max(at.Y - lift, below + apart);
            var last = line.Values[^1];
            var text = panel.Ends is { } format ? last.ToString(format, CultureInfo.InvariantCulture).Replace('-', '−')
                : Ticks.Text(last, Math.Abs(last) switch { >= 1e4 => 10, >= 1e3 => 1, _ => 0.1 });
            sheet.Text(text, new(at.X + 8, below + 4.2f), 12, line.Color, bold: true);
        }
    }
}
