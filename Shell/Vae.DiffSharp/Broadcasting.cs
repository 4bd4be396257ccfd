using DiffSharp;

namespace Vae.DiffSharp;

/// <summary>DiffSharp expands one operand to the other's shape, never both to a common one, as [4, 1] and [1, 3] need.</summary>
internal static class Broadcasting
{
    /// <summary>The tensor in the dimensions to which it and the other broadcast from the right.</summary>
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
