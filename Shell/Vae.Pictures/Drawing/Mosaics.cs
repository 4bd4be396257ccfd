using System.Runtime.InteropServices;

namespace Vae.Torch;

/// <summary>A picture and its title.</summary>
internal sealed record Tile(string Title, Picture Picture);

/// <summary>Mosaics of titled pictures, row by row, copied pixel for pixel.</summary>
internal static class Mosaics
{
    private const int Gap = 18, TitleHeight = 26;
    private const float TextSize = 15;

    public static Picture Draw(IReadOnlyList<Tile> tiles, int columns)
    {
        columns = Math.Min(columns, tiles.Count);
        var width = tiles.Max(tile => Math.Max(tile.Picture.Width, (int)Sheet.Width(tile.Title, TextSize, bold: true) + 1));
        var height = tiles.Max(tile => tile.Picture.Height);
        var rows = (tiles.Count + columns - 1) / columns;
        using var sheet = new Sheet(columns * (width + Gap) - Gap, rows * (TitleHeight + height + Gap) - Gap, density: 1);
        for (var i = 0; i < tiles.Count; i++)
        {
            int left = i % columns * (width + Gap), top = i / columns * (TitleHeight + height + Gap);
            sheet.Text(tiles[i].Title, new(left, top + TextSize), TextSize, Panel.Ink, bold: true);
            Copy(sheet, tiles[i].Picture, left, top + TitleHeight);
        }
        return sheet.ToPicture();
    }

    private static void Copy(Sheet sheet, Picture picture, int left, int top)
    {
        var pixels = MemoryMarshal.Cast<byte, uint>(sheet.Bytes);
        for (var y = 0; y < picture.Height; y++)
            for (var x = 0; x < picture.Width; x++)
            {
                var at = (y * picture.Width + x) * picture.Channels;
                ReadOnlySpan<byte> rgba = picture.Channels == 1
                    ? [picture.Bytes[at], picture.Bytes[at], picture.Bytes[at], 255]
                    : picture.Bytes.Slice(at, 4);
                pixels[(top + y) * sheet.PixelsPerRow + left + x] = MemoryMarshal.Read<uint>(rgba);
            }
    }
}
