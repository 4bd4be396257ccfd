using static Vae.Torch.ProgramWriter;

namespace Vae.Torch;

/// <summary>Normalization layers, with libtorch's backward functions over the saved mean and scale.</summary>
internal static class NormalizationStages
{
    /// <summary>Batch normalization; by running statistics outside training, or if a channel has one value only.</summary>
    public static Stage BatchNorm(ProgramWriter to, string name, Layer.BatchNorm b, ProgramTensor x, bool training)
    {
        var running = $"{to.Weight($"{name}.running_mean")}, {to.Weight($"{name}.running_var")}";
        var mode = training ? "True" : "False";
        return Written(to, name, x,
            (weight, bias) =>
                $"torch.native_batch_norm({x.Name}, {weight}, {bias}, {running}, {mode}, {Text(b.Momentum)}, {Text(b.Epsilon)})",
            (dy, mean, scale, weight, _, mask) =>
                $"torch.native_batch_norm_backward({dy}, {x.Name}, {weight}, {running}, {mean}, {scale}, "
                    + $"{mode}, {Text(b.Epsilon)}, {mask})");
    }

    public static Stage GroupNorm(ProgramWriter to, string name, Layer.GroupNorm g, ProgramTensor x)
    {
        var numbers = $"{x.Rows}, {x.Shape.Channels}, {x.Shape.Size / x.Shape.Channels}, {g.Groups}";
        return Written(to, name, x,
            (weight, bias) => $"torch.native_group_norm({x.Name}, {weight}, {bias}, {numbers}, {Text(g.Epsilon)})",
            (dy, mean, scale, weight, _, mask) =>
                $"torch.native_group_norm_backward({dy}, {x.Name}, {mean}, {scale}, {weight}, {numbers}, {mask})");
    }

    public static Stage LayerNorm(ProgramWriter to, string name, Layer.LayerNorm l, ProgramTensor x)
    {
        var shape = Text(x.Dims.Skip(1));
        return Written(to, name, x,
            (weight, bias) => $"torch.native_layer_norm({x.Name}, {shape}, {weight}, {bias}, {Text(l.Epsilon)})",
            (dy, mean, scale, weight, bias, mask) =>
                $"torch.native_layer_norm_backward({dy}, {x.Name}, {shape}, {mean}, {scale}, {weight}, {bias}, {mask})");
    }

    private delegate string Adjoint(string dy, string mean, string scale, string weight, string bias, string mask);

    private static Stage Written(ProgramWriter to, string name, ProgramTensor x, Func<string, string, string> forward, Adjoint adjoint)
    {
        var id = Identifier(name);
        string weight = to.Weight($"{name}.weight"), bias = to.Weight($"{name}.bias");
        to.Line($"{id}, {id}_mean, {id}_scale = {forward(weight, bias)}");
        return new(to.Local(id, x.Rows, x.Shape), dy =>
        {
            var mask = $"[{(x.NeedsGradient ? "True" : "False")}, True, True]";
            to.Line($"d_{id}_input, d_{id}_w, d_{id}_b = {adjoint(dy.Name, $"{id}_mean", $"{id}_scale", weight, bias, mask)}");
            to.Line($"{to.Gradient($"{name}.weight")}.copy_(d_{id}_w)");
            to.Line($"{to.Gradient($"{name}.bias")}.copy_(d_{id}_b)");
            return x.NeedsGradient ? to.Local($"d_{id}_input", x.Rows, x.Shape) : null;
        });
    }
}
