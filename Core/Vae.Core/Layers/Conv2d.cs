namespace Vae;

public abstract partial record Layer
{
    /// <summary>A convolution. [c, h, w] → [channels, ⌊(h + 2·padding − kernel) / stride⌋ + 1, …].</summary>
    /// <param name="Channels">Output channels; ≥ 1.</param>
    /// <param name="Kernel">Kernel height and width; ≥ 1.</param>
    /// <param name="Stride">Step of the kernel; ≥ 1.</param>
    /// <param name="Padding">Zeros on each side; ≥ 0.</param>
    public sealed partial record Conv2d(int Channels, int Kernel, int Stride = 1, int Padding = 0) : Layer
    {
        internal override string Name => $"conv2d {Channels}, {ConvolutionRules.Window(Kernel, Stride, Padding)}";

        internal override ValueList<Problem> Problems(string path) => ConvolutionRules.Numbers(path, Channels, Kernel, Stride, Padding);

        internal override Validated<Shape> Output(Shape input, string path) =>
            Resized(path, input, Channels, Convolved(input.Dims, 1), Convolved(input.Dims, 2), "conv2d");

        internal override ValueList<Parameter> Tensors(Shape input, string name) =>
            Weighted(name, (long)input.Channels * Kernel * Kernel, Channels, [Channels, input.Channels, Kernel, Kernel]);

        private long Convolved(ValueList<int> dims, int axis)
        {
            var padded = (axis < dims.Count ? dims[axis] : 0) + 2L * Padding;
            return padded < Kernel ? 0 : (padded - Kernel) / Stride + 1;
        }
    }
}

public static partial class Layers
{
    /// <summary>A convolution with a square kernel.</summary>
    /// <param name="channels">Output channels; ≥ 1.</param>
    /// <param name="kernel">Kernel height and width; ≥ 1.</param>
    /// <param name="stride">Step of the kernel; ≥ 1.</param>
    /// <param name="padding">Zeros on each side; ≥ 0.</param>
    public static Layer Conv2d(int channels, int kernel, int stride = 1, int padding = 0) =>
        new Layer.Conv2d(channels, kernel, stride, padding);
}
