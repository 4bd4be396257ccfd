namespace Vae.Torch;

/// <summary>Dimensions of values in a graph.</summary>
internal static class Dimensions
{
    public static bool Same(int[] a, int[] b) => a.AsSpan().SequenceEqual(b);

    /// <summary>Dimensions with leading ones, up to a rank.</summary>
    public static int[] Ranked(int[] dims, int rank) => [.. Enumerable.Repeat(1, rank - dims.Length), .. dims];

    public static int[] Without(int[] dims, params int[] axes) => [.. dims.Where((_, axis) => !axes.Contains(axis))];

    public static int[] With(int[] dims, int axis, int length) => [.. dims.Select((dim, i) => i == axis ? length : dim)];

    public static long Size(IEnumerable<int> dims) => dims.Aggregate(1L, (product, dim) => product * dim);

    public static long[] Long(int[] dims) => Array.ConvertAll(dims, static dim => (long)dim);
}
