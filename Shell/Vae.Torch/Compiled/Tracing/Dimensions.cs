namespace Vae.Torch;

/// <summary>Dimensions of values in a graph.</summary>
internal static class Dimensions
{
    public static bool Same(int[] a, int[] b) => a.AsSpan().SequenceEqual(b);

    /// <summary>The dimensions of an elementwise operation, broadcast from the right.</summary>
    /// <exception cref="ArgumentException">The dimensions do not broadcast.</exception>
    public static int[] Broadcast(int[] a, int[] b)
    {
        var dims = new int[Math.Max(a.Length, b.Length)];
        for (var i = 1; i <= dims.Length; i++)
        {
            int left = i <= a.Length ? a[^i] : 1, right = i <= b.Length ? b[^i] : 1;
            if (left != right && left != 1 && right != 1)
                throw new ArgumentException($"shapes: must broadcast, got [{string.Join(", ", a)}] and [{string.Join(", ", b)}]");
            dims[^i] = left == 1 ? right : left;
        }
        return dims;
    }

    /// <summary>Dimensions with leading ones, up to a rank.</summary>
    public static int[] Ranked(int[] dims, int rank) => [.. Enumerable.Repeat(1, rank - dims.Length), .. dims];

    public static int[] Without(int[] dims, params int[] axes) => [.. dims.Where((_, axis) => !axes.Contains(axis))];

    public static int[] With(int[] dims, int axis, int length) => [.. dims.Select((dim, i) => i == axis ? length : dim)];

    public static long Size(IEnumerable<int> dims) => dims.Aggregate(1L, (product, dim) => product * dim);

    public static long[] Long(int[] dims) => Array.ConvertAll(dims, static dim => (long)dim);
}
