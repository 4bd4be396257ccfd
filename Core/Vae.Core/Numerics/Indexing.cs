namespace Vae;

/// <summary>Dimensions and strides of row-major arrays.</summary>
internal static class Indexing
{
    public static int Size(int[] dims) => dims.Aggregate(1, static (product, dim) => checked(product * dim));

    public static void CheckAxes(int[] dims, params int[] axes)
    {
        foreach (var axis in axes)
            if (axis < 0 || axis >= dims.Length)
                throw new ArgumentException($"axis: must lie in [0, {dims.Length}), got {axis}");
    }

    public static int[] Strides(int[] dims)
    {
        var strides = new int[dims.Length];
        for (int axis = dims.Length - 1, stride = 1; axis >= 0; stride *= dims[axis--])
            strides[axis] = stride;
        return strides;
    }

    /// <summary>The offset, in storage with the given strides, of the index-th element in row-major order.</summary>
    public static int Offset(int index, int[] dims, int[] strides)
    {
        var offset = 0;
        for (var axis = dims.Length - 1; axis >= 0; axis--)
        {
            offset += index % dims[axis] * strides[axis];
            index /= dims[axis];
        }
        return offset;
    }

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

    public static int[] BroadcastStrides(int[] from, int[] to)
    {
        int[] own = Strides(from), strides = new int[to.Length];
        for (var i = 1; i <= from.Length; i++)
            strides[^i] = from[^i] == 1 ? 0 : own[^i];
        return strides;
    }
}
