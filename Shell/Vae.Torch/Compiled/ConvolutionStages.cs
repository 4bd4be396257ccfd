using static Vae.Torch.ProgramWriter;

namespace Vae.Torch;

/// <summary>
/// Convolutions and transposed convolutions. oneDNN computes a transposed convolution of many channels twice as fast if the
/// weight's channels lie innermost, and one of few channels six times as slow as a product and a scatter. The derivative with
/// respect to a convolution's input is a transposed convolution.
/// </summary>
internal static class ConvolutionStages
{
    // Measured with 4×4 kernels on 28×28 images, batch 128.
    private const int FewColumns = 64, ManyChannels = 16;

    /// <summary>The sizes of a convolution; the output shape follows from the input's.</summary>
    private sealed record Sizes(
        int Channels, int Kernel, int Stride, int Padding, int OutputPaddingRows = 0, int OutputPaddingColumns = 0)
    {
        /// <summary>The sizes as arguments of a call.</summary>
        public string Numbers(bool transposed) =>
            $"{Pair(Stride)}, {Pair(Padding)}, [1, 1], {(transposed ? "True" : "False")}, [{OutputPaddingRows}, {OutputPaddingColumns}], 1";
    }

    public static Stage Conv2d(ProgramWriter to, string name, Layer.Conv2d c, ProgramTensor x)
    {
        var sizes = new Sizes(c.Channels, c.Kernel, c.Stride, c.Padding);
        int height = x.Shape.Height + 2 * c.Padding - c.Kernel, width = x.Shape.Width + 2 * c.Padding - c.Kernel;
        var (id, weight) = (Identifier(name), to.Weight($"{name}.weight"));
        to.Line($"{id} = torch.convolution({x.Name}, {weight}, {to.Weight($"{name}.bias")}, {sizes.Numbers(false)})");
        var transposed = x.NeedsGradient && Math.Min(x.Shape.Channels, c.Channels) >= ManyChannels;
        return new(to.Local(id, x.Rows, Shape.Image(c.Channels, height / c.Stride + 1, width / c.Stride + 1)), dy =>
        {
            var dx = new Backward(to, name, x, weight).Write(dy, sizes, transposed: false, wanted: x.NeedsGradient && !transposed);
            if (!transposed)
                return dx;
            var back = sizes with { OutputPaddingRows = height % c.Stride, OutputPaddingColumns = width % c.Stride };
            to.Line($"d_{id}_input = torch.convolution("
                + $"{dy.Name}, {weight}.contiguous(memory_format=2), None, {back.Numbers(true)}).contiguous()");
            return to.Local($"d_{id}_input", x.Rows, x.Shape);
        });
    }

    public static Stage ConvTranspose2d(ProgramWriter to, string name, Layer.ConvTranspose2d c, ProgramTensor x)
    {
        var sizes = new Sizes(c.Channels, c.Kernel, c.Stride, c.Padding, c.OutputPaddingRows, c.OutputPaddingColumns);
        var output = Shape.Image(c.Channels,
            (x.Shape.Height - 1) * c.Stride - 2 * c.Padding + c.Kernel + c.OutputPaddingRows,
            (x.Shape.Width - 1) * c.Stride - 2 * c.Padding + c.Kernel + c.OutputPaddingColumns);
        var (id, weight, bias) = (Identifier(name), to.Weight($"{name}.weight"), to.Weight($"{name}.bias"));
        var columns = c.Channels * c.Kernel * c.Kernel;
        if (columns <= FewColumns)
        {
            to.Line($"{id}_columns = torch.matmul({weight}.view([{x.Shape.Channels}, {columns}]).t(), {x.Name}.flatten(2))");
            to.Line($"{id} = torch.col2im({id}_columns, [{output.Height}, {output.Width}], {Pair(c.Kernel)}, "
                + $"[1, 1], {Pair(c.Padding)}, {Pair(c.Stride)})"
                + $".add_({bias}.view([{c.Channels}, 1, 1]))");
        }
        else
        {
            if (Math.Min(x.Shape.Channels, c.Channels) >= ManyChannels)
            {
                to.Line($"{id}_kernel = {weight}.contiguous(memory_format=2)");
                weight = $"{id}_kernel";
            }
            to.Line($"{id} = torch.convolution({x.Name}, {weight}, {bias}, {sizes.Numbers(true)})");
        }
        return new(to.Local(id, x.Rows, output), dy => new Backward(to, name, x, weight).Write(dy, sizes, transposed: true, x.NeedsGradient));
    }

    /// <summary>The backward pass of a convolution of x.</summary>
    private sealed record Backward(ProgramWriter To, string Name, ProgramTensor X, string Weight)
    {
        /// <summary>Writes the gradients of weight and bias, and ∂x if wanted.</summary>
        public ProgramTensor? Write(ProgramTensor dy, Sizes sizes, bool transposed, bool wanted)
        {
            var id = Identifier(Name);
            To.Line($"d_{id}_input, d_{id}_w, d_{id}_b = torch.convolution_backward("
                + $"{dy.Name}, {X.Name}, {Weight}, [{sizes.Channels}], {sizes.Numbers(transposed)}, "
                + $"[{(wanted ? "True" : "False")}, True, True])");
            To.Line($"{To.Gradient($"{Name}.weight")}.copy_(d_{id}_w)");
            To.Line($"{To.Gradient($"{Name}.bias")}.copy_(d_{id}_b)");
            return wanted ? To.Local($"d_{id}_input", X.Rows, X.Shape) : null;
        }
    }

    private static string Pair(int value) => $"[{value}, {value}]";
}
