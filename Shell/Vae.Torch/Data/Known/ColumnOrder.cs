namespace Vae.Torch;

/// <summary>Images that are published column by column.</summary>
internal static class ColumnOrder
{
    /// <summary>Turns square images upright, in place. [N, side, side], flat.</summary>
    public static void Transpose<T>(Span<T> images, int side)
    {
        for (var image = 0; image < images.Length; image += side * side)
            for (var y = 0; y < side; y++)
                for (var x = 0; x < y; x++)
                {
                    var (one, other) = (image + y * side + x, image + x * side + y);
                    (images[one], images[other]) = (images[other], images[one]);
                }
    }
}
