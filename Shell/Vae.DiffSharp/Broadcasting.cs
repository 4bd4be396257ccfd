using DiffSharp;

namespace Vae.DiffSharp;

/// <summary>Broadcasts two operands to a common shape, as [4, 1] and [1, 3] need; DiffSharp expands only one to the other.</summary>
internal static class Broadcasting
{
    /// <summary>Expands a tensor to the shape to which it and another broadcast, aligned from the right.</summary>
    /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
    public static Tensor Expand(Tensor tensor, Tensor other)
    {
        int[] own = tensor.shape, its = other.shape, dims = new int[Math.Max(own.Length, its.Length)];
        for (var i = 1; i <= dims.Length; i++)
        {
            int left = i <= own.Length ? own[^i] : 1, right = i <= its.Length ? its[^i] : 1;
            if (left != right && left != 1 && right != 1)
                throw new ArgumentException($"shapes: must broadcast, got [{string.Join(", ", own)}] and [{string.Join(", ", its)}]");
            dims[^i] = left == 1 ? right : left;
        }
        return tensor.expand(dims);
    }
}
