using System.Globalization;
using SkiaSharp;

namespace Vae.Torch;

/// <summary>The same points of a plane again and again, coloured by one column of a table each.</summary>
internal static class ColumnScatters
{
    private const int Width = 900, Columns = 3, Top = 50, Side = 16, Bottom = 40, MaxNamed = 10;

    private static readonly SKColor Missing = new(0xC4, 0xC9, 0xCE);

    // From dark blue through green to yellow: even in lightness and safe for colour-blind readers, after viridis.
    private static readonly SKColor[] Ramp = [
        new(0x44, 0x01, 0x54), new(0x3B, 0x52, 0x8B), new(0x21, 0x91, 0x8C), new(0x5E, 0xC9, 0x62), new(0xFD, 0xE7, 0x25)];

    /// <summary>Draws a panel for each column.</summary>
    /// <param name="plane">The points, and the fraction of the variance that each axis explains.</param>
    /// <param name="columns">The cells of the same rows; at least one column.</param>
    public static Picture Draw(PrincipalPlane plane, ValueList<CellColumn> columns)
    {
        var points = plane.Points.ToArray();
        VaeException.Require(columns.Count > 0 && points.Length > 0, "columns", "must hold at least one row", "none");
        var (side, rows) = ((float)Width / Columns - 2 * Side, (columns.Count + Columns - 1) / Columns);
        var height = (int)Math.Ceiling(Top + side * 0.8f + Bottom);
        using var sheet = new Sheet(Width, rows * height, density: 2);
        Extent x = Extent.Around(points.Where((_, at) => at % 2 == 0)), y = Extent.Around(points.Where((_, at) => at % 2 == 1));
        for (var i = 0; i < columns.Count; i++)
        {
            float left = i % Columns * (float)Width / Columns + Side, top = i / Columns * height + Top;
            var panel = new Panel(new(left, top, left + side, top + side * 0.8f), x, y);
            sheet.Text(MarginalPlots.Cut(columns[i].Name, 14, side, bold: true), new(left, top - 28), 14, Panel.Ink, bold: true);
            Legend(sheet, columns[i], new(left, top - 10), side);
            Points(sheet, panel, points, columns[i]);
            panel.XLine(sheet, "");
            sheet.Text(string.Create(CultureInfo.InvariantCulture,
                $"component 1 ({plane.Explained[0]:0%}) → and 2 ({plane.Explained[1]:0%}) ↑"),
                new(panel.Area.MidX, panel.Area.Bottom + 17), 11, Panel.Muted, SKTextAlign.Center);
        }
        return sheet.ToPicture();
    }

    private static void Points(Sheet sheet, Panel panel, double[] points, CellColumn column)
    {
        var radius = (float)Math.Clamp(40 / Math.Sqrt(column.Values.Count), 1, 2.6);
        var (ranks, places) = (new Percentiles(column.HasClasses ? [] : column.Values), Places(column));
        for (var row = 0; row < column.Values.Count; row++)
        {
            var value = column.Values[row];
            var color = double.IsNaN(value) ? Missing
                : column.HasClasses ? Class(places[(int)value]) : Between(ranks.Of(value));
            sheet.Mark(panel.At(points[2 * row], points[2 * row + 1]), radius, color.WithAlpha(190));
        }
    }

    private static void Legend(Sheet sheet, CellColumn column, SKPoint at, float width)
    {
        if (column.Known.Length == 0)
            return;
        if (column.HasClasses)
        {
            Names(sheet, column, at, width);
            return;
        }
        string low = Text(column, column.Known.Min()), high = Text(column, column.Known.Max());
        sheet.Text(low, at, 11, Panel.Muted);
        var from = at.X + Sheet.Width(low, 11) + 6;
        for (var i = 0; i < 40; i++)
            sheet.Fill(new(from + i, at.Y - 8, from + i + 1.2f, at.Y), Between(i / 39.0));
        sheet.Text($"{high} (by rank)", new(from + 46, at.Y), 11, Panel.Muted);
    }

    private static void Names(Sheet sheet, CellColumn column, SKPoint at, float width)
    {
        var (x, places) = (at.X, Places(column));
        foreach (var label in Enumerable.Range(0, places.Length).Where(label => places[label] < MaxNamed).OrderBy(label => places[label]))
        {
            var name = MarginalPlots.Cut(column.Classes[label], 11, 80);
            if (x + 12 + Sheet.Width(name, 11) > at.X + width)
                return;
            sheet.Mark(new(x + 4, at.Y - 4), 3.6f, Class(places[label]));
            sheet.Text(name, new(x + 11, at.Y), 11, Panel.Muted);
            x += 19 + Sheet.Width(name, 11);
        }
    }

    // The place of each class by its frequency.
    private static int[] Places(CellColumn column)
    {
        var shares = column.HasClasses && column.Known.Length > 0 ? ColumnDistances.Shares(column.Known, column.Classes.Count)
            : new double[column.Classes.Count];
        var order = Enumerable.Range(0, shares.Length).OrderByDescending(label => shares[label]).ToList();
        return [.. Enumerable.Range(0, shares.Length).Select(label => order.IndexOf(label))];
    }

    private static SKColor Class(int place) => place < MaxNamed ? Palette.Color(place) : Missing;

    private static SKColor Between(double part)
    {
        var at = Math.Clamp(part, 0, 1) * (Ramp.Length - 1);
        var low = Math.Min((int)at, Ramp.Length - 2);
        byte Mixed(Func<SKColor, byte> channel) =>
            (byte)Math.Round(channel(Ramp[low]) + (at - low) * (channel(Ramp[low + 1]) - channel(Ramp[low])));
        return new(Mixed(color => color.Red), Mixed(color => color.Green), Mixed(color => color.Blue));
    }

    private static string Text(CellColumn column, double value) => column.IsDate
        ? DateTime.UnixEpoch.AddDays(Math.Clamp(value, -700_000, 2_900_000)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : value.ToString("G4", CultureInfo.InvariantCulture);
}
