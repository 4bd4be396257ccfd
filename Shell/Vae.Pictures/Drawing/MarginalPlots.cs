using System.Globalization;
using SkiaSharp;

namespace Vae.Torch;

/// <summary>Distributions of columns side by side: real rows as bars, synthetic rows as a line or a second bar.</summary>
internal static class MarginalPlots
{
    private const int Width = 900, Columns = 3, Height = 236, Top = 52, Side = 14, Bottom = 34, Legend = 30, Names = 92;

    private static readonly SKColor Real = Panel.Blue.WithAlpha(110);

    /// <summary>Draws the distributions, three a row.</summary>
    public static Picture Draw(ValueList<ColumnMarginal> columns)
    {
        VaeException.Require(columns.Count > 0, "columns", "must hold at least one", "none");
        var rows = (columns.Count + Columns - 1) / Columns;
        using var sheet = new Sheet(Width, Legend + rows * Height, density: 2);
        sheet.Fill(new(Side, 8, Side + 14, 22), Real);
        sheet.Text("real rows", new(Side + 20, 20), 13, Panel.Ink);
        sheet.Fill(new(Side + 100, 13, Side + 114, 16), Panel.Vermilion);
        sheet.Text("synthetic rows", new(Side + 120, 20), 13, Panel.Ink);
        for (var i = 0; i < columns.Count; i++)
        {
            float left = i % Columns * (float)Width / Columns, top = Legend + i / Columns * Height;
            Draw(sheet, columns[i], new(left + Side, top + Top, left + (float)Width / Columns - Side, top + Height - Bottom));
        }
        return sheet.ToPicture();
    }

    private static void Draw(Sheet sheet, ColumnMarginal column, SKRect area)
    {
        sheet.Text(Cut(column.Column, 15, area.Width, bold: true), new(area.Left, area.Top - 26), 15, Panel.Ink, bold: true);
        sheet.Text(string.Create(CultureInfo.InvariantCulture, $"distance {column.Distance:0.000}")
            + (column.Missing > 0 ? string.Create(CultureInfo.InvariantCulture, $", {column.Missing:0.#%} missing") : ""),
            new(area.Left, area.Top - 10), 12, Panel.Muted);
        if (column.Classes.Count > 0)
            Bars(sheet, column, area);
        else
            Steps(sheet, column, area);
    }

    private static void Bars(Sheet sheet, ColumnMarginal column, SKRect area)
    {
        var step = Math.Min(area.Height / column.Classes.Count, 34);
        var most = Math.Max(column.Real.Concat(column.Synthetic).Max(), 1e-9);
        var (from, room) = (area.Left + Names, area.Width - Names - 34);
        for (var i = 0; i < column.Classes.Count; i++)
        {
            var (top, size) = (area.Top + i * step, Math.Clamp(step * 0.6f, 8, 12));
            sheet.Text(Cut(column.Classes[i], size, Names - 8), new(from - 6, top + step * 0.5f + size * 0.36f), size, Panel.Ink,
                SKTextAlign.Right);
            float real = (float)(column.Real[i] / most) * room, made = (float)(column.Synthetic[i] / most) * room;
            sheet.Fill(new(from, top + step * 0.1f, from + real, top + step * 0.5f), Real);
            sheet.Fill(new(from, top + step * 0.5f, from + made, top + step * 0.88f), Panel.Vermilion.WithAlpha(190));
            if (step >= 14)
                sheet.Text(column.Real[i].ToString("0.#%", CultureInfo.InvariantCulture),
                    new(from + Math.Max(real, made) + 4, top + step * 0.5f + 3.5f), 10, Panel.Muted);
        }
    }

    private static void Steps(Sheet sheet, ColumnMarginal column, SKRect area)
    {
        var edges = column.Edges;
        var panel = new Panel(area, new(edges[0], edges[^1]), new(0, Math.Max(column.Real.Concat(column.Synthetic).Max() * 1.05, 1e-9)));
        for (var i = 0; i < column.Real.Count; i++)
        {
            SKPoint low = panel.At(edges[i], 0), high = panel.At(edges[i + 1], column.Real[i]);
            sheet.Fill(new(low.X + 0.5f, high.Y, high.X - 0.5f, low.Y), Real);
        }
        sheet.Polyline([.. column.Synthetic.SelectMany((share, i) =>
            new[] { panel.At(edges[i], share), panel.At(edges[i + 1], share) })], Panel.Vermilion, 1.8f);
        if (column.IsDate)
            Days(sheet, panel);
        else
            panel.XAxis(sheet, "", about: 4);
    }

    private static void Days(Sheet sheet, Panel panel)
    {
        foreach (var place in new[] { 0.12, 0.5, 0.88 })
        {
            var day = panel.X.Low + place * (panel.X.High - panel.X.Low);
            panel.XTick(sheet, day, Day(day), 11);
        }
        panel.XLine(sheet, "");
    }

    private static string Day(double days) => days is > -700_000 and < 2_900_000
        ? DateTime.UnixEpoch.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "";

    /// <summary>The text, cut so that it is at most some units wide.</summary>
    internal static string Cut(string text, float size, float width, bool bold = false)
    {
        text = Messages.Clean(text);
        if (Sheet.Width(text, size, bold) <= width)
            return text;
        var length = text.Length;
        while (length > 1 && Sheet.Width(text[..length] + "…", size, bold) > width)
            length--;
        return text[..length] + "…";
    }
}
