using static Vae.Torch.Tiles;

namespace Vae.Torch;

/// <summary>
/// c = aᵀ·b by tiles, one after another, the last so that it ends where the matrix does. a [inner, rows], b [inner, columns],
/// c [rows, columns]; at least 10 rows and 16 columns.
/// </summary>
internal sealed unsafe class TiledProduct(int rows, int inner, int columns)
{
    // Ten tiles of rows use the same columns of b, which then stay in the cache.
    private const int BlockRows = 10 * Rows;

    private readonly int width = columns < Wide ? Lanes : Wide;

    /// <summary>Computes all tiles; the rows of a begin <paramref name="aStep"/> values apart.</summary>
    public void Run(nint a, int aStep, nint b, nint c)
    {
        for (var block = 0; block < rows; block += BlockRows)
            for (var i = 0; i < columns; i += width)
                Block(block, Math.Min(i, columns - width), new((float*)a, aStep), (float*)b, (float*)c);
    }

    private void Block(int block, int column, Strided a, float* b, float* c)
    {
        var end = Math.Min(block + BlockRows, rows);
        for (var r = block; r < end; r += Rows)
        {
            var row = Math.Min(r, rows - Rows);
            Strided left = new(a.At + row, a.Step), right = new(b + column, columns);
            Strided into = new(c + (nint)row * columns + column, columns);
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
    public void Run(float* a, float* b)
    {
        for (var i = 0; i < rows; i += Lanes)
        {
            var row = Math.Min(i, rows - Lanes);
            Strip(a + (nint)row * columns, columns, b + row, rows);
        }
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
