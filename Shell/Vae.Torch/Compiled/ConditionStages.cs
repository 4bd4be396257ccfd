using static Vae.Torch.ProgramWriter;

namespace Vae.Torch;

/// <summary>The condition in a program.</summary>
/// <param name="Name">Name of c, [rows, width].</param>
/// <param name="Rows">Number of examples, or of draws.</param>
/// <param name="Shape">Shape of one condition: a vector or an image.</param>
internal sealed record ConditionInput(string Name, int Rows, Shape Shape);

/// <summary>Concatenates conditions to the inputs of networks.</summary>
internal static class ConditionStages
{
    /// <summary>x with c concatenated as values or as channels; ∂x is the part of ∂y that belongs to x.</summary>
    public static Stage Join(ProgramWriter to, string name, ProgramTensor x, ConditionInput c)
    {
        var channels = x.Shape.Channels;
        var joined = to.Buffer(name, x.Rows, x.Shape.WithChannels(channels + Wiring.ConditionChannels(c.Shape, x.Shape)));
        var y = joined with { NeedsGradient = x.NeedsGradient, IsOwned = false };
        to.Line($"torch.cat([{x.Name}, {Beside(c, x.Shape)}], 1, out={y.Name})");
        return new(y, dy =>
        {
            if (!x.NeedsGradient)
                return null;
            to.Line($"d_{name}_input = {dy.Name}.narrow(1, 0, {channels}).contiguous()");
            return to.Local($"d_{name}_input", x.Rows, x.Shape);
        });
    }

    // An image is averaged over blocks down to the size of x.
    private static string Beside(ConditionInput c, Shape x)
    {
        if (x.IsVector)
            return c.Name;
        if (c.Shape.IsVector)
            return $"{c.Name}.view([{c.Rows}, {c.Shape.Size}, 1, 1]).expand({Text([c.Rows, c.Shape.Size, x.Height, x.Width])})";
        var image = $"{c.Name}.view({Text([c.Rows, c.Shape.Channels, c.Shape.Height, c.Shape.Width])})";
        return c.Shape.Height == x.Height && c.Shape.Width == x.Width ? image
            : $"torch.avg_pool2d({image}, [{c.Shape.Height / x.Height}, {c.Shape.Width / x.Width}])";
    }
}
