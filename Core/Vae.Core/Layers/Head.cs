namespace Vae;

/// <summary>
/// The last layers of a network. Their output shape follows from the distribution that the network parameterizes, so that a likelihood or
/// posterior can be replaced without changing the network.
/// </summary>
[Closed]
public abstract partial record Head
{
    internal virtual ValueList<Problem> Problems(string path) => [];

    /// <summary>The layers of the head for an output of the given shape.</summary>
    internal abstract ValueList<Layer> Layers(Shape input, Shape output);

    /// <summary>A flatten, then a linear layer.</summary>
    public sealed partial record Dense : Head
    {
        internal override ValueList<Layer> Layers(Shape input, Shape output) => ValueList.From([
            .. input.IsVector ? ValueList.From<Layer>([]) : [Vae.Layers.Flatten],
            Vae.Layers.Linear((int)Math.Min(output.Size, int.MaxValue)),
            .. output.IsVector ? ValueList.From<Layer>([]) : [Vae.Layers.Reshape(output)]]);
    }

    /// <summary>A convolution to the required channels.</summary>
    /// <param name="Kernel">Kernel height and width; ≥ 1.</param>
    /// <param name="Stride">Step of the kernel; ≥ 1.</param>
    /// <param name="Padding">Zeros on each side; ≥ 0.</param>
    public sealed partial record Conv2d(int Kernel, int Stride = 1, int Padding = 0) : Head
    {
        internal override ValueList<Problem> Problems(string path) => ConvolutionRules.Numbers(path, 1, Kernel, Stride, Padding);

        internal override ValueList<Layer> Layers(Shape input, Shape output) =>
            [Vae.Layers.Conv2d(output.Channels, Kernel, Stride, Padding)];
    }

    /// <summary>A transposed convolution to the required channels.</summary>
    /// <param name="Kernel">Kernel height and width; ≥ 1.</param>
    /// <param name="Stride">Step of the kernel; ≥ 1.</param>
    /// <param name="Padding">Rows and columns removed from each side; ≥ 0.</param>
    /// <param name="OutputPaddingRows">Output padding: rows added at the bottom; ≥ 0, less than the stride.</param>
    /// <param name="OutputPaddingColumns">Output padding: columns added at the right; ≥ 0, less than the stride.</param>
    public sealed partial record ConvTranspose2d(
        int Kernel, int Stride = 1, int Padding = 0, int OutputPaddingRows = 0, int OutputPaddingColumns = 0) : Head
    {
        internal override ValueList<Problem> Problems(string path) => [
            .. ConvolutionRules.Numbers(path, 1, Kernel, Stride, Padding),
            .. ConvolutionRules.OutputPadding(path, OutputPaddingRows, OutputPaddingColumns, Stride)];

        internal override ValueList<Layer> Layers(Shape input, Shape output) =>
            [Vae.Layers.ConvTranspose2d(output.Channels, Kernel, Stride, Padding, OutputPaddingRows, OutputPaddingColumns)];
    }
}

/// <summary>Heads by name.</summary>
public static class Heads
{
    /// <summary>A flatten, then a linear layer.</summary>
    public static Head Dense { get; } = new Head.Dense();

    /// <summary>A convolution to the required channels.</summary>
    /// <param name="kernel">Kernel height and width; ≥ 1.</param>
    /// <param name="stride">Step of the kernel; ≥ 1.</param>
    /// <param name="padding">Zeros on each side; ≥ 0.</param>
    public static Head Conv2d(int kernel, int stride = 1, int padding = 0) => new Head.Conv2d(kernel, stride, padding);

    /// <summary>A transposed convolution to the required channels.</summary>
    /// <param name="kernel">Kernel height and width; ≥ 1.</param>
    /// <param name="stride">Step of the kernel; ≥ 1.</param>
    /// <param name="padding">Rows and columns removed from each side; ≥ 0.</param>
    /// <param name="outputPaddingRows">Rows added at the bottom; ≥ 0, less than the stride.</param>
    /// <param name="outputPaddingColumns">Columns added at the right; ≥ 0, less than the stride.</param>
    public static Head ConvTranspose2d(
        int kernel, int stride = 1, int padding = 0, int outputPaddingRows = 0, int outputPaddingColumns = 0) =>
        new Head.ConvTranspose2d(kernel, stride, padding, outputPaddingRows, outputPaddingColumns);

    /// <summary>The layers of a head between an input and an output shape.</summary>
    /// <param name="head">The head.</param>
    /// <param name="input">The shape of its input.</param>
    /// <param name="output">The shape of its output.</param>
    public static ValueList<Layer> Layers(Head head, Shape input, Shape output) => head.Layers(input, output);
}
