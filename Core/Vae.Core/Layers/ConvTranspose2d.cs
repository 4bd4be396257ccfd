namespace Vae;

public abstract partial record Layer
{
    /// <summary>
    /// The transpose of <see cref="Conv2d"/>. [c, h, w] → [channels, (h − 1)·stride − 2·padding + kernel + outputPaddingRows, …].
    /// </summary>
    /// <param name="Channels">Output channels; ≥ 1.</param>
    /// <param name="Kernel">Kernel height and width; ≥ 1.</param>
    /// <param name="Stride">Step of the kernel; ≥ 1.</param>
    /// <param name="Padding">Rows and columns removed from each side; ≥ 0.</param>
    /// <param name="OutputPaddingRows">
    /// Output padding: rows added at the bottom; ≥ 0, less than the stride. An odd height needs one.
    /// </param>
    /// <param name="OutputPaddingColumns">Output padding: columns added at the right; ≥ 0, less than the stride.</param>
    public sealed partial record ConvTranspose2d(
        int Channels, int Kernel, int Stride = 1, int Padding = 0, int OutputPaddingRows = 0, int OutputPaddingColumns = 0) : Layer
    {
        internal override string Name => $"convTranspose2d {Channels}, {ConvolutionRules.Window(Kernel, Stride, Padding)}";

        internal override ValueList<Problem> Problems(string path) => [
            .. ConvolutionRules.Numbers(path, Channels, Kernel, Stride, Padding),
            .. ConvolutionRules.OutputPadding(path, OutputPaddingRows, OutputPaddingColumns, Stride)];

        internal override Validated<Shape> Output(Shape input, string path) => Resized(
            path, input, Channels,
            Transposed(input.Dims, 1, OutputPaddingRows), Transposed(input.Dims, 2, OutputPaddingColumns), "convTranspose2d");

        internal override ValueList<Parameter> Tensors(Shape input, string name) =>
            Weighted(name, (long)Channels * Kernel * Kernel, Channels, [input.Channels, Channels, Kernel, Kernel]);

        private long Transposed(ValueList<int> dims, int axis, int extra) =>
            ((axis < dims.Count ? dims[axis] : 0) - 1L) * Stride - 2L * Padding + Kernel + extra;
    }
}

public static partial class Layers
{
    /// <summary>A transposed convolution with a square kernel.</summary>
    /// <param name="channels">Output channels; ≥ 1.</param>
    /// <param name="kernel">Kernel height and width; ≥ 1.</param>
    /// <param name="stride">Step of the kernel; ≥ 1.</param>
    /// <param name="padding">Rows and columns removed from each side; ≥ 0.</param>
    /// <param name="outputPaddingRows">Rows added at the bottom; ≥ 0, less than the stride.</param>
    /// <param name="outputPaddingColumns">Columns added at the right; ≥ 0, less than the stride.</param>
    public static Layer ConvTranspose2d(
        int channels, int kernel, int stride = 1, int padding = 0, int outputPaddingRows = 0, int outputPaddingColumns = 0) =>
        new Layer.ConvTranspose2d(channels, kernel, stride, padding, outputPaddingRows, outputPaddingColumns);
}
