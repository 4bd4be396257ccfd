namespace Vae;

public abstract partial record Layer
{
    /// <summary>
    /// The transpose of <see cref="Conv1d"/>. [c, 1, n] → [channels, 1, (n − 1)·stride − 2·padding + kernel + outputPadding].
    /// </summary>
    /// <param name="Channels">Output channels; ≥ 1.</param>
    /// <param name="Kernel">Steps of the kernel; ≥ 1.</param>
    /// <param name="Stride">Step of the kernel; ≥ 1.</param>
    /// <param name="Padding">Steps removed from each side; ≥ 0.</param>
    /// <param name="OutputPadding">Steps added at the end; ≥ 0, less than the stride.</param>
    public sealed partial record ConvTranspose1d(int Channels, int Kernel, int Stride = 1, int Padding = 0, int OutputPadding = 0) : Layer
    {
        internal override string Name => $"convTranspose1d {Channels}, {SequenceRules.Window(Kernel, Stride, Padding)}";

        internal override ValueList<Problem> Problems(string path) => [
            .. ConvolutionRules.Numbers(path, Channels, Kernel, Stride, Padding),
            .. Rules.Within($"{path}.outputPadding", OutputPadding, 0, Math.Max(Stride, 1), closedHigh: false)];

        internal override Validated<Shape> Output(Shape input, string path) => SequenceRules.Resized(
            path, input, Channels, ((input.IsImage ? input.Width : 0) - 1L) * Stride - 2L * Padding + Kernel + OutputPadding, "convTranspose1d");

        internal override ValueList<Parameter> Tensors(Shape input, string name) =>
            // In and out change places, as in PyTorch: the kernel is that of the convolution in the other direction.
            Weighted(name, new((long)Channels * Kernel, (long)input.Channels * Kernel), Channels, [input.Channels, Channels, Kernel]);
    }
}

public static partial class Layers
{
    /// <summary>A transposed convolution over the steps of a sequence. [c, 1, n] → [channels, 1, …].</summary>
    /// <param name="channels">Output channels; ≥ 1.</param>
    /// <param name="kernel">Steps of the kernel; ≥ 1.</param>
    /// <param name="stride">Step of the kernel; ≥ 1.</param>
    /// <param name="padding">Steps removed from each side; ≥ 0.</param>
    /// <param name="outputPadding">Steps added at the end; ≥ 0, less than the stride.</param>
    public static Layer ConvTranspose1d(int channels, int kernel, int stride = 1, int padding = 0, int outputPadding = 0) =>
        new Layer.ConvTranspose1d(channels, kernel, stride, padding, outputPadding);
}
