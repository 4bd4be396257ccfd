namespace Vae.Torch;

/// <summary>Linear layers: three products, the weight's gradient written where it is kept.</summary>
internal static class DenseStages
{
    /// <summary>y = x·Wᵀ + b; ∂W = ∂yᵀ·x, ∂b = Σ ∂y, ∂x = ∂y·W.</summary>
    public static Stage Linear(ProgramWriter to, string name, Layer.Linear layer, Value x)
    {
        var id = ProgramWriter.Identifier(name);
        var weight = to.Weight($"{name}.weight");
        var bias = to.Weight($"{name}.bias");
        var y = to.Buffer(id, x.Rows, Shape.Vector(layer.Width));
        to.Line($"torch.addmm({bias}, {x.Name}, {to.Transposed(weight)}, out={y.Name})");
        return new(y, dy =>
        {
            to.Line($"torch.mm({to.Transposed(dy)}, {x.Name}, out={to.Gradient($"{name}.weight")})");
            to.Line($"torch.sum({dy.Name}, [0], out={to.Gradient($"{name}.bias")})");
            if (!x.NeedsGradient)
                return null;
            var dx = to.Buffer($"d_{id}_input", x.Rows, x.Shape);
            to.Line($"torch.mm({dy.Name}, {weight}, out={dx.Name})");
            return dx;
        });
    }
}
