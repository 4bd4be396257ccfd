using static Vae.Torch.Tiles;

namespace Vae.Torch;

/// <summary>Where tiles begin that cover a length: one after another, the last so that it ends where the length does.</summary>
internal static class Starts
{
    public static int Count(int length, int tile) => (length + tile - 1) / tile;

    public static int Of(int index, int length, int tile) => Math.Min(index * tile, length - tile);
}

/// <summary>c = aᵀ·b by tiles. a [inner, rows], b [inner, columns], c [rows, columns]; at least 10 rows and 16 columns.</summary>
internal sealed unsafe class TiledProduct(int rows, int inner, int columns)
{
    // Ten tiles of rows use the same columns of b, which then stay in the cache.
    private const int RowsOfPart = 10 * Rows;

    private readonly int width = columns < Wide ? Lanes : Wide;

    public int Parts => Starts.Count(columns, width) * Starts.Count(rows, RowsOfPart);

    /// <summary>Computes the tiles of a part; a row of a is so long.</summary>
    public void Compute(int part, nint a, int aStep, nint b, nint c)
    {
        var (block, panel) = Math.DivRem(part, Starts.Count(columns, width));
        var column = Starts.Of(panel, columns, width);
        var end = Math.Min((block + 1) * RowsOfPart, rows);
        for (var r = block * RowsOfPart; r < end; r += Rows)
        {
            var row = Math.Min(r, rows - Rows);
            Strided left = new((float*)a + row, aStep), right = new((float*)b + column, columns);
            Strided into = new((float*)c + (nint)row * columns + column, columns);
            if (width == Wide)
                Product32(left, right, into, inner);
            else
                Product16(left, right, into, inner);
        }
    }
}

/// <summary>b = aᵀ in strips of 16 rows. a [rows, columns]; at least 16 of each.</summary>
internal sealed unsafe class Transposition(int rows, int columns)
{
    public int Parts => Starts.Count(rows, Lanes);

    public void Compute(int part, float* a, float* b)
    {
        var row = Starts.Of(part, rows, Lanes);
        Strip(a + (nint)row * columns, columns, b + row, rows);
    }

    /// <summary>Transposes 16 rows; those of b begin <paramref name="step"/> values apart.</summary>
    public static void Strip(float* a, int columns, float* b, nint step)
    {
        for (var i = 0; i < columns; i += Lanes)
        {
            var column = Math.Min(i, columns - Lanes);
            Transpose(a + column, columns, b + column * step, step);
        }
    }
}
