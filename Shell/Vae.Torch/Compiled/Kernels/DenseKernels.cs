using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static Vae.Torch.Tiles;

namespace Vae.Torch;

/// <summary>Sizes of a linear layer in a step.</summary>
internal readonly record struct DenseSizes(int Rows, int Inputs, int Outputs)
{
    /// <summary>Number of multiplications of each of its products.</summary>
    public long Work => (long)Rows * Inputs * Outputs;
}

/// <summary>The kernels of a linear layer, where it is large enough for a tile; null where it is not.</summary>
internal static class DenseKernels
{
    /// <summary>y = x·Wᵀ + b.</summary>
    public static StepKernel? Forward(string x, string weight, string bias, string y, DenseSizes sizes) =>
        sizes is { Rows: >= Lanes, Inputs: >= Lanes, Outputs: >= Wide } ? new DenseForward(x, weight, bias, y, sizes) : null;

    /// <summary>∂W = ∂yᵀ·x.</summary>
    public static StepKernel? OfWeight(string dy, string x, string gradient, DenseSizes sizes) =>
        sizes is { Inputs: >= Lanes, Outputs: >= Tiles.Rows } ? new DenseWeight(dy, x, gradient, sizes) : null;

    /// <summary>∂b = Σ ∂y over rows.</summary>
    public static StepKernel? OfBias(string dy, string gradient, DenseSizes sizes) =>
        sizes.Outputs >= Lanes ? new DenseBias(dy, gradient, sizes) : null;

    /// <summary>∂x = ∂y·W.</summary>
    public static StepKernel? OfInput(string dy, string weight, string dx, DenseSizes sizes) =>
        sizes is { Rows: >= Lanes, Inputs: >= Lanes, Outputs: >= Lanes } ? new DenseInput(dy, weight, dx, sizes) : null;
}

/// <summary>y = x·Wᵀ + b: x is transposed first, then W, 32 rows at a time.</summary>
internal sealed unsafe class DenseForward(string x, string weight, string bias, string y, DenseSizes sizes) : StepKernel(x, weight, bias, y)
{
    private readonly Transposition pack = new(sizes.Rows, sizes.Inputs);

    public override long Work => sizes.Work;

    public override long Room => (long)sizes.Rows * sizes.Inputs;

    public override void Run(nint[] at)
    {
        pack.Run((float*)at[0], (float*)at[4]);
        // Columns that two panels share get the same values from both.
        for (var i = 0; i < sizes.Outputs; i += Wide)
            Columns(Math.Min(i, sizes.Outputs - Wide), at);
    }

    private void Columns(int first, nint[] at)
    {
        float* packed = (float*)at[4], y = (float*)at[3];
        var panel = KernelRoom.Of(sizes.Inputs * Wide);
        for (var half = 0; half < Wide; half += Lanes)
            Transposition.Strip((float*)at[1] + (nint)(first + half) * sizes.Inputs, sizes.Inputs, panel + half, Wide);
        for (var r = 0; r < sizes.Rows; r += Tiles.Rows)
        {
            var row = Math.Min(r, sizes.Rows - Tiles.Rows);
            Product32(new(packed + row, sizes.Rows), new(panel, Wide), new(y + (nint)row * sizes.Outputs + first, sizes.Outputs),
                sizes.Inputs, (float*)at[2] + first);
        }
    }
}

/// <summary>∂W = ∂yᵀ·x; both operands lie as tiles read them.</summary>
internal sealed class DenseWeight(string dy, string x, string gradient, DenseSizes sizes) : StepKernel(dy, x, gradient)
{
    private readonly TiledProduct product = new(sizes.Outputs, sizes.Rows, sizes.Inputs);

    public override long Work => sizes.Work;

    public override void Run(nint[] at) => product.Run(at[0], sizes.Outputs, at[1], at[2]);
}

/// <summary>∂x = ∂y·W: ∂y is transposed first.</summary>
internal sealed unsafe class DenseInput(string dy, string weight, string dx, DenseSizes sizes) : StepKernel(dy, weight, dx)
{
    private readonly Transposition pack = new(sizes.Rows, sizes.Outputs);
    private readonly TiledProduct product = new(sizes.Rows, sizes.Outputs, sizes.Inputs);

    public override long Work => sizes.Work;

    public override long Room => (long)sizes.Rows * sizes.Outputs;

    public override void Run(nint[] at)
    {
        pack.Run((float*)at[0], (float*)at[3]);
        product.Run(at[3], sizes.Rows, at[1], at[2]);
    }
}

/// <summary>∂b = Σ ∂y over rows.</summary>
internal sealed unsafe class DenseBias(string dy, string gradient, DenseSizes sizes) : StepKernel(dy, gradient)
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(nint[] at)
    {
        for (var i = 0; i < sizes.Outputs; i += Lanes)
        {
            // The last vector may overlap the one before.
            var column = Math.Min(i, sizes.Outputs - Lanes);
            var sum = Vector512<float>.Zero;
            var dy = (float*)at[0] + column;
            for (var r = 0; r < sizes.Rows; r++, dy += sizes.Outputs)
                sum += Vector512.Load(dy);
            sum.Store((float*)at[1] + column);
        }
    }
}
