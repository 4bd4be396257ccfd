using System.Globalization;
using SkiaSharp;

namespace Vae.Torch;

/// <summary>Matrices of associations as coloured squares: real rows, synthetic rows, and their difference.</summary>
internal static class HeatMaps
{
    private const int Width = 900, Names = 150, Gap = 26, Top = 58, Bottom = 16, MaxCell = 44;

    private static readonly SKColor Unknown = new(0xEC, 0xEE, 0xF0);

    /// <summary>Draws the three matrices; rows are named at the left and numbered, columns have the numbers.</summary>
    public static Picture Draw(TableAssociations associations)
    {
        var count = associations.Columns.Count;
        VaeException.Require(count > 0, "columns", "must hold at least one", "none");
        var cell = Math.Min((Width - Names - 3 * Gap) / 3f / count, MaxCell);
        using var sheet = new Sheet(Width, Top + (int)Math.Ceiling(Math.Max(cell * count, 40)) + Bottom, density: 2);
        for (var i = 0; i < count; i++)
        {
            var size = Math.Clamp(cell * 0.75f, 5, 13);
            var name = MarginalPlots.Cut(associations.Columns[i], size, Names - 34);
            sheet.Text(name, new(Names - 26, Top + (i + 0.5f) * cell + size * 0.36f), size, Panel.Ink, SKTextAlign.Right);
            sheet.Text($"{i + 1}", new(Names - 6, Top + (i + 0.5f) * cell + size * 0.36f), size, Panel.Muted, SKTextAlign.Right);
        }
        ValueList<ValueList<double?>>[] maps = [
            associations.Real, associations.Synthetic,
            ValueList.From(associations.Synthetic.Zip(associations.Real, (made, real) =>
                ValueList.From(made.Zip(real, (a, b) => a - b))))];
        foreach (var (title, at) in new[] { "real", "synthetic", "synthetic − real" }.Select((title, at) => (title, at)))
            Draw(sheet, title, maps[at], new(Names + at * (cell * count + Gap), Top), cell);
        return sheet.ToPicture();
    }

    private static void Draw(Sheet sheet, string title, ValueList<ValueList<double?>> map, SKPoint from, float cell)
    {
        sheet.Text(title, new(from.X, from.Y - 30), 15, Panel.Ink, bold: true);
        for (var row = 0; row < map.Count; row++)
        {
            if (cell >= 9)
                sheet.Text($"{row + 1}", new(from.X + (row + 0.5f) * cell, from.Y - 6), Math.Min(cell * 0.7f, 11), Panel.Muted,
                    SKTextAlign.Center);
            for (var column = 0; column < map.Count; column++)
                Cell(sheet, map[row][column], new(from.X + column * cell, from.Y + row * cell), cell);
        }
    }

    private static void Cell(Sheet sheet, double? value, SKPoint at, float cell)
    {
        sheet.Fill(new(at.X, at.Y, at.X + cell - 0.5f, at.Y + cell - 0.5f), value is { } known ? Color(known) : Unknown);
        if (cell >= 26 && value is { } number)
            // No minus before what rounds to 0.
            sheet.Text((Math.Round(number, 2) + 0.0).ToString("0.00;−0.00", CultureInfo.InvariantCulture),
                new(at.X + cell / 2, at.Y + cell / 2 + 3.6f), 10, Math.Abs(number) > 0.55 ? SKColors.White : Panel.Ink, SKTextAlign.Center);
    }

    // White at 0, blue at 1, vermilion at −1.
    private static SKColor Color(double value)
    {
        var (to, part) = (value < 0 ? Panel.Vermilion : Panel.Blue, Math.Clamp(Math.Abs(value), 0, 1));
        byte Mixed(byte channel) => (byte)Math.Round(255 + part * (channel - 255));
        return new(Mixed(to.Red), Mixed(to.Green), Mixed(to.Blue));
    }
}
