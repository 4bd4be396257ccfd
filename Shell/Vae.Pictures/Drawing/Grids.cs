using System.Runtime.InteropServices;
using SkiaSharp;

namespace Vae.Torch;

/// <summary>Layout of a grid, in pixels.</summary>
/// <param name="Rows">Rows of cells.</param>
/// <param name="Columns">Columns of cells.</param>
/// <param name="Image">Shape of one image, [channels, height, width].</param>
/// <param name="Scale">Side of the square block that shows a value.</param>
/// <param name="Group">Rows per group; groups are separated by a gap.</param>
/// <param name="Left">Margin for the names of rows.</param>
/// <param name="Top">Margin for the names of columns.</param>
internal sealed record GridPlan(int Rows, int Columns, Shape Image, int Scale, int Group, int Left, int Top)
{
    public const int Gap = 2;
    private const int GroupGap = 10;

    public int CellWidth => Image.Width * Scale;
    public int CellHeight => Image.Height * Scale;
    public long Width => Left + Gap + Columns * ((long)Image.Width * Scale + Gap);
    public long Height => Top + Gap + Rows * ((long)Image.Height * Scale + Gap) + (Group == 1 ? 0 : (Rows - 1L) / Group * GroupGap);
    public int X(int column) => Left + Gap + column * (CellWidth + Gap);
    public int Y(int row) => Top + Gap + row * (CellHeight + Gap) + (Group == 1 ? 0 : row / Group * GroupGap);
}

/// <summary>Names of the rows and columns of a grid; empty for none.</summary>
internal sealed record GridNames(ValueList<string> Rows, ValueList<string> Columns);

/// <summary>Grids of images, which draw every value as a block of one colour.</summary>
internal static class Grids
{
    private const float TextSize = 14;
    private static readonly SKColor Separator = new(0xC4, 0xC4, 0xC4);
    private static readonly SKColor Ink = new(0x33, 0x33, 0x33);
    private static readonly SKColor NotANumber = new(0xFF, 0x00, 0xFF);

    public static Picture Grid(ReadOnlySpan<float> images, Shape shape, int columns, int? scale, GridNames names)
    {
        var count = Count("images", images.Length, shape);
        var plan = Plan(count, shape, columns, scale, group: 1, names);
        using var sheet = Open(plan, names);
        for (var i = 0; i < count; i++)
            Cell(sheet, plan, i / plan.Columns, i % plan.Columns, One(images, shape, i));
        return sheet.ToPicture();
    }

    public static Picture Pairs(ReadOnlySpan<float> originals, ReadOnlySpan<float> reconstructions, Shape shape, int columns, int? scale)
    {
        var count = Count("originals", originals.Length, shape);
        VaeException.Require(
            reconstructions.Length == originals.Length, "reconstructions", $"must be as many values as originals, {originals.Length}",
            reconstructions.Length);
        var lines = (count + (long)Math.Max(columns, 1) - 1) / Math.Max(columns, 1);
        var names = new GridNames([.. Enumerable.Range(0, (int)lines).SelectMany(_ => new[] { "original", "reconstruction" })], []);
        var plan = Plan(count, shape, columns, scale, group: 2, names);
        using var sheet = Open(plan, names);
        for (var i = 0; i < count; i++)
        {
            Cell(sheet, plan, i / plan.Columns * 2, i % plan.Columns, One(originals, shape, i));
            Cell(sheet, plan, i / plan.Columns * 2 + 1, i % plan.Columns, One(reconstructions, shape, i));
        }
        return sheet.ToPicture();
    }

    /// <summary>The number of images in a flat array.</summary>
    /// <exception cref="VaeException">The shape cannot be drawn, or the values are not whole images.</exception>
    public static int Count(string path, int values, Shape shape)
    {
        VaeException.Require(
            shape.IsImage && shape.Channels is 1 or 3 && shape.Dims.All(dim => dim >= 1), "shape",
            "must be [1 or 3 channels, height, width] to be shown", shape);
        VaeException.Require(values > 0, path, "must hold at least one image", "none");
        VaeException.Require(values % shape.Size == 0, path, $"must be whole images of {shape} = {shape.Size} values", $"{values} values");
        return (int)(values / shape.Size);
    }

    // Related images are stacked in a group of rows; a plan has whole groups.
    private static GridPlan Plan(int count, Shape shape, int columns, int? scale, int group, GridNames names)
    {
        VaeException.Require(columns >= 1, "columns", "must be at least 1", columns);
        VaeException.Require(scale is null or >= 1, "scale", "must be at least 1", scale);
        // A grid with fewer images than columns has no empty columns.
        columns = Math.Min(columns, count);
        var rows = (count + columns - 1) / columns * group;
        VaeException.Require(
            names.Rows.Count == 0 || names.Rows.Count == rows, "rowNames", $"must be {rows} names, one per row", names.Rows.Count);
        VaeException.Require(
            names.Columns.Count == 0 || names.Columns.Count == columns, "columnNames", $"must be {columns} names, one per column",
            names.Columns.Count);
        var left = names.Rows.Count == 0 ? 0 : (int)MathF.Ceiling(names.Rows.Max(name => Sheet.Width(name, TextSize))) + 12;
        // By default about the width of a page of text.
        var side = scale ?? (int)Math.Clamp((900 - left) / (columns * (shape.Width + 1L)), 1, 8);
        return new(rows, columns, shape, side, group, left, names.Columns.Count == 0 ? 0 : 24);
    }

    private static ReadOnlySpan<float> One(ReadOnlySpan<float> images, Shape shape, int index) =>
        images.Slice(index * (int)shape.Size, (int)shape.Size);

    private static Sheet Open(GridPlan plan, GridNames names)
    {
        Picture.CheckSize(plan.Width, plan.Height);
        var sheet = new Sheet((int)plan.Width, (int)plan.Height, density: 1);
        for (var row = 0; row < names.Rows.Count; row++)
        {
            var middle = plan.Y(row) + plan.CellHeight / 2f + TextSize * 0.36f;
            sheet.Text(names.Rows[row], new(plan.Left - 8, middle), TextSize, Ink, SKTextAlign.Right);
        }
        for (var column = 0; column < names.Columns.Count; column++)
        {
            var middle = plan.X(column) + plan.CellWidth / 2f;
            sheet.Text(names.Columns[column], new(middle, plan.Top - 6), TextSize, Ink, SKTextAlign.Center);
        }
        return sheet;
    }

    private static void Cell(Sheet sheet, GridPlan plan, int atRow, int atColumn, ReadOnlySpan<float> image)
    {
        int x = plan.X(atColumn), y = plan.Y(atRow);
        sheet.Fill(
            new(x - GridPlan.Gap, y - GridPlan.Gap, x + plan.CellWidth + GridPlan.Gap, y + plan.CellHeight + GridPlan.Gap), Separator);
        var pixels = MemoryMarshal.Cast<byte, uint>(sheet.Bytes);
        for (var row = 0; row < plan.CellHeight; row++)
        {
            var line = pixels.Slice((y + row) * sheet.PixelsPerRow + x, plan.CellWidth);
            for (var column = 0; column < line.Length; column++)
                line[column] = Rgba(image, plan.Image, row / plan.Scale * plan.Image.Width + column / plan.Scale);
        }
    }

    private static uint Rgba(ReadOnlySpan<float> image, Shape shape, int at)
    {
        var plane = shape.Height * shape.Width;
        var (red, green, blue) = shape.Channels == 1
            ? (image[at], image[at], image[at]) : (image[at], image[at + plane], image[at + 2 * plane]);
        return float.IsNaN(red) || float.IsNaN(green) || float.IsNaN(blue)
            ? Packed(NotANumber.Red, NotANumber.Green, NotANumber.Blue)
            : Packed(Byte(red), Byte(green), Byte(blue));
    }

    private static byte Byte(float value) => (byte)MathF.Round(255 * Math.Clamp(value, 0, 1), MidpointRounding.AwayFromZero);

    private static uint Packed(byte red, byte green, byte blue)
    {
        ReadOnlySpan<byte> rgba = [red, green, blue, 255];
        return MemoryMarshal.Read<uint>(rgba);
    }
}
