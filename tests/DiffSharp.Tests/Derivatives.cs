using DiffSharp;

namespace Vae.DiffSharp.Tests;

/// <summary>Σ weight·f and its gradient, the one way and the other.</summary>
internal static class Derivatives
{
    /// <summary>By DiffSharp in reverse mode: one array an argument.</summary>
    public static double[][] Reverse(Func<DiffSharpTensor[], DiffSharpTensor> f, NdArray[] at, NdArray weights)
    {
        var leaves = Array.ConvertAll(at, x => Carry(x).Tensor.reverseDiff(derivative: null, nestingTag: null));
        f(Array.ConvertAll(leaves, x => new DiffSharpTensor(x))).Tensor.reverse(Carry(weights).Tensor, zeroDerivatives: null);
        // A leaf that nothing depends on keeps an empty derivative.
        return Array.ConvertAll(leaves, x => x.derivative.nelement == x.nelement
            ? new DiffSharpTensor(x.derivative).ToArray() : new double[x.nelement]);
    }

    /// <summary>By dual numbers, one direction a number.</summary>
    public static double[][] Forward(Func<Dual<NdArray>[], Dual<NdArray>> f, NdArray[] at, NdArray weights) =>
        [.. at.Select((x, argument) => Enumerable.Range(0, x.ToArray().Length).Select(i =>
        {
            var directions = at.Select((y, other) => new Dual<NdArray>(y, other == argument ? OneHot(y, i) : NdArray.Full(0, y.Dims)));
            var slope = (weights * f([.. directions]).Tangent).ToArray();
            return slope.Sum();
        }).ToArray())];

    public static DiffSharpTensor Carry(NdArray x) => DiffSharpTensor.FromValues(x.ToArray(), x.Dims);

    private static NdArray OneHot(NdArray like, int hot)
    {
        var values = new double[like.ToArray().Length];
        values[hot] = 1;
        return NdArray.FromValues(values, like.Dims);
    }
}
