namespace Vae;

public abstract partial record Layer
{
    /// <summary>A convolution over steps. [c, 1, n] → [channels, 1, ⌊(n + 2·padding − kernel) / stride⌋ + 1].</summary>
    /// <param name="Channels">Output channels; ≥ 1.</param>
    /// <param name="Kernel">Steps of the kernel; ≥ 1.</param>
    /// <param name="Stride">Step of the kernel; ≥ 1.</param>
    /// <param name="Padding">Zeros on each side; ≥ 0.</param>
    public sealed partial record Conv1d(int Channels, int Kernel, int Stride = 1, int Padding = 0) : Layer
    {
        internal override string Name => $"conv1d {Channels}, {SequenceRules.Window(Kernel, Stride, Padding)}";

        internal override ValueList<Problem> Problems(string path) => ConvolutionRules.Numbers(path, Channels, Kernel, Stride, Padding);

        internal override Validated<Shape> Output(Shape input, string path)
        {
            var padded = (input.IsImage ? input.Width : 0) + 2L * Padding;
            return SequenceRules.Resized(path, input, Channels, padded < Kernel ? 0 : (padded - Kernel) / Stride + 1, "conv1d");
        }

        internal override ValueList<Parameter> Tensors(Shape input, string name) => Weighted(
            name, new((long)input.Channels * Kernel, (long)Channels * Kernel), Channels, [Channels, input.Channels, Kernel]);
    }
}

public static partial class Layers
{
    /// <summary>A convolution over the steps of a sequence. [c, 1, n] → [channels, 1, …].</summary>
    /// <param name="channels">Output channels; ≥ 1.</param>
    /// <param name="kernel">Steps of the kernel; ≥ 1.</param>
    /// <param name="stride">Step of the kernel; ≥ 1.</param>
    /// <param name="padding">Zeros on each side; ≥ 0.</param>
    public static Layer Conv1d(int channels, int kernel, int stride = 1, int padding = 0) =>
        new Layer.Conv1d(channels, kernel, stride, padding);
}
