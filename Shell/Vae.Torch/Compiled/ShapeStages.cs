using static Vae.Torch.ProgramWriter;

namespace Vae.Torch;

/// <summary>Layers without parameters that reshape, repeat or drop values.</summary>
internal static class ShapeStages
{
    /// <summary>The identity.</summary>
    public static Stage Same(ProgramTensor x) => new(x, dy => x.NeedsGradient ? dy : null);

    /// <summary>Reshapes each example.</summary>
    public static Stage Reshape(ProgramWriter to, string name, Shape shape, ProgramTensor x) => shape == x.Shape ? Same(x) : new(
        to.Reshaped(x, Identifier(name), shape),
        dy => x.NeedsGradient ? to.Reshaped(dy, $"d_{Identifier(name)}_input", x.Shape) : null);

    /// <summary>y = x · mask; the mask, 0 or 1 / (1 − rate), comes from uniform noise.</summary>
    public static Stage Dropout(ProgramWriter to, string name, double rate, ProgramTensor x, NoiseUse use)
    {
        var mask = to.Noise($"{Identifier(name)}_mask", x.Rows, x.Shape, use);
        to.Line($"{mask.Name}.ge_({Text(rate)}).mul_({Text(1 / (1 - rate))})");
        var y = to.Target(x, Identifier(name));
        to.Line($"torch.mul({x.Name}, {mask.Name}, out={y.Name})");
        return new(y, dy =>
        {
            if (!x.NeedsGradient)
                return null;
            var dx = to.Target(dy, $"d_{Identifier(name)}_input");
            to.Line($"torch.mul({dy.Name}, {mask.Name}, out={dx.Name})");
            return dx;
        });
    }

    /// <summary>Repeats each value in a block; ∂x is the sum of ∂y over the block.</summary>
    public static Stage Upsample(ProgramWriter to, string name, int factor, ProgramTensor x)
    {
        int channels = x.Shape.Channels, height = x.Shape.Height, width = x.Shape.Width;
        var id = Identifier(name);
        var y = to.Buffer(id, x.Rows, Shape.Image(channels, height * factor, width * factor)) with { NeedsGradient = x.NeedsGradient };
        var blocks = to.Reshaped(y, $"{id}_blocks", [x.Rows, channels, height, factor, width, factor]);
        to.Line($"{blocks}.copy_({x.Name}.reshape({Text([x.Rows, channels, height, 1, width, 1])}))");
        return new(y, dy =>
        {
            if (!x.NeedsGradient)
                return null;
            var dx = to.Buffer($"d_{id}_input", x.Rows, x.Shape);
            to.Line($"torch.sum({dy.Name}.reshape({Text([x.Rows, channels, height, factor, width, factor])}), [3, 5], out={dx.Name})");
            return dx;
        });
    }
}
