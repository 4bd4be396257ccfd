using static Vae.Torch.ProgramWriter;

namespace Vae.Torch;

/// <summary>Convolutions and their transposes, and what libtorch gives as their adjoint.</summary>
internal static class ConvolutionStages
{
    public static Stage Conv2d(ProgramWriter to, string name, Layer.Conv2d c, Value x) => Written(
        to, name, x, c.Channels, $"{Pair(c.Stride)}, {Pair(c.Padding)}, [1, 1], False, [0, 0], 1",
        Shape.Image(c.Channels, (x.Shape.Height + 2 * c.Padding - c.Kernel) / c.Stride + 1, (x.Shape.Width + 2 * c.Padding - c.Kernel) / c.Stride + 1));

    public static Stage ConvTranspose2d(ProgramWriter to, string name, Layer.ConvTranspose2d c, Value x) => Written(
        to, name, x, c.Channels, $"{Pair(c.Stride)}, {Pair(c.Padding)}, [1, 1], True, [{c.ExtraRows}, {c.ExtraColumns}], 1",
        Shape.Image(c.Channels,
            (x.Shape.Height - 1) * c.Stride - 2 * c.Padding + c.Kernel + c.ExtraRows,
            (x.Shape.Width - 1) * c.Stride - 2 * c.Padding + c.Kernel + c.ExtraColumns));

    private static Stage Written(ProgramWriter to, string name, Value x, int channels, string numbers, Shape output)
    {
        var id = Identifier(name);
        var weight = to.Weight($"{name}.weight");
        to.Line($"{id} = torch.convolution({x.Name}, {weight}, {to.Weight($"{name}.bias")}, {numbers})");
        return new(Local(id, x.Rows, output), dy =>
        {
            var needed = x.NeedsGradient ? "True" : "False";
            to.Line($"d_{id}_input, d_{id}_w, d_{id}_b = torch.convolution_backward("
                + $"{dy.Name}, {x.Name}, {weight}, [{channels}], {numbers}, [{needed}, True, True])");
            to.Line($"{to.Gradient($"{name}.weight")}.copy_(d_{id}_w)");
            to.Line($"{to.Gradient($"{name}.bias")}.copy_(d_{id}_b)");
            return x.NeedsGradient ? Local($"d_{id}_input", x.Rows, x.Shape) : null;
        });
    }

    private static string Pair(int value) => $"[{value}, {value}]";
}
