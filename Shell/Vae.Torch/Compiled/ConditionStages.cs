using static Vae.Torch.ProgramWriter;

namespace Vae.Torch;

/// <summary>A condition as a program names it.</summary>
/// <param name="Name">c, [rows, width].</param>
/// <param name="Rows">Examples, or draws.</param>
/// <param name="Shape">Of one: a vector or an image.</param>
internal sealed record ConditionInput(string Name, int Rows, Shape Shape);

/// <summary>Conditions beside what networks see.</summary>
internal static class ConditionStages
{
    /// <summary>x with c appended, or laid over it as channels; ∂x is the part of ∂y that is x's.</summary>
    public static Stage Join(ProgramWriter to, string name, ProgramTensor x, ConditionInput c)
    {
        var channels = x.Shape.Channels;
        var y = to.Buffer(name, x.Rows, x.Shape.WithChannels(channels + Wiring.ConditionChannels(c.Shape, x.Shape))) with { NeedsGradient = x.NeedsGradient, IsOwned = false };
        to.Line($"torch.cat([{x.Name}, {Beside(c, x.Shape)}], 1, out={y.Name})");
        return new(y, dy =>
        {
            if (!x.NeedsGradient)
                return null;
            to.Line($"d_{name}_input = {dy.Name}.narrow(1, 0, {channels}).contiguous()");
            return Local($"d_{name}_input", x.Rows, x.Shape);
        });
    }

    /// <summary>c alone, as a network of its own takes it.</summary>
    public static ProgramTensor Alone(ProgramWriter to, ConditionInput c, Shape shape)
    {
        var vector = new ProgramTensor(c.Name, c.Rows, Shape.Vector((int)c.Shape.Size), IsStatic: false, IsOwned: false, NeedsGradient: false);
        return shape.IsVector ? vector : to.Reshaped(vector, $"{c.Name}_image", shape);
    }

    // An image is averaged over blocks down to the size of what it is laid over.
    private static string Beside(ConditionInput c, Shape x)
    {
        if (x.IsVector)
            return c.Name;
        if (c.Shape.IsVector)
            return $"{c.Name}.view([{c.Rows}, {c.Shape.Size}, 1, 1]).expand({Text([c.Rows, c.Shape.Size, x.Height, x.Width])})";
        var image = $"{c.Name}.view({Text([c.Rows, c.Shape.Channels, c.Shape.Height, c.Shape.Width])})";
        return c.Shape.Height == x.Height && c.Shape.Width == x.Width ? image : $"torch.avg_pool2d({image}, [{c.Shape.Height / x.Height}, {c.Shape.Width / x.Width}])";
    }
}
