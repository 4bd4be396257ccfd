using static Vae.Torch.ProgramWriter;

namespace Vae.Torch;

/// <summary>Linear layers: three products; the weight's gradient is written in place.</summary>
internal static class DenseStages
{
    /// <summary>y = x·Wᵀ + b; ∂W = ∂yᵀ·x, ∂b = Σ ∂y, ∂x = ∂y·W.</summary>
    public static Stage Linear(ProgramWriter to, string name, Layer.Linear layer, ProgramTensor x) =>
        to.Precision == Precision.BFloat16 ? Rounded(to, name, layer, x) : Exact(to, name, layer, x);

    private static Stage Exact(ProgramWriter to, string name, Layer.Linear layer, ProgramTensor x)
    {
        var id = Identifier(name);
        var weight = to.Weight($"{name}.weight");
        var bias = to.Weight($"{name}.bias");
        var y = to.Buffer(id, x.Rows, Shape.Vector(layer.Width));
        // Added after the product, which would copy the bias into a matrix first.
        DenseSizes sizes = new(x.Rows, x.Shape.Channels, layer.Width);
        to.Line($"torch.mm({x.Name}, {to.Transposed(weight)}, out={y.Name}).add_({bias})",
            DenseKernels.Forward(x.Name, weight, bias, y.Name, sizes));
        return new(y, dy =>
        {
            var (ofWeight, ofBias) = (to.Gradient($"{name}.weight"), to.Gradient($"{name}.bias"));
            to.Line($"torch.mm({to.Transposed(dy)}, {x.Name}, out={ofWeight})", DenseKernels.OfWeight(dy.Name, x.Name, ofWeight, sizes));
            to.Line($"torch.sum({dy.Name}, [0], out={ofBias})", DenseKernels.OfBias(dy.Name, ofBias, sizes));
            if (!x.NeedsGradient)
                return null;
            var dx = to.Buffer($"d_{id}_input", x.Rows, x.Shape);
            to.Line($"torch.mm({dy.Name}, {weight}, out={dx.Name})", DenseKernels.OfInput(dy.Name, weight, dx.Name, sizes));
            return dx;
        });
    }

    /// <summary>
    /// A linear layer whose factors are rounded to bfloat16. Sums inside a product are float32; the result is rounded again.
    /// </summary>
    private static Stage Rounded(ProgramWriter to, string name, Layer.Linear layer, ProgramTensor x)
    {
        var id = Identifier(name);
        ValueList<long> weights = [layer.Width, x.Shape.Channels];
        string input = Round(to, $"{id}_input", x.Name, x.Dims), weight = Round(to, $"{id}_weight", to.Weight($"{name}.weight"), weights);
        var y = to.Buffer(id, x.Rows, Shape.Vector(layer.Width));
        Product(to, y.Name, y.Dims, input, to.Transposed(weight));
        to.Line($"{y.Name}.add_({to.Weight($"{name}.bias")})");
        return new(y, dy =>
        {
            var gradient = Round(to, $"d_{id}", dy.Name, y.Dims);
            Product(to, to.Gradient($"{name}.weight"), weights, to.Transposed(gradient), input);
            to.Line($"torch.sum({dy.Name}, [0], out={to.Gradient($"{name}.bias")})");
            if (!x.NeedsGradient)
                return null;
            var dx = to.Buffer($"d_{id}_input", x.Rows, x.Shape);
            Product(to, dx.Name, x.Dims, gradient, weight);
            return dx;
        });
    }

    private static string Round(ProgramWriter to, string name, string exact, ValueList<long> dims)
    {
        var rounded = to.BFloat16($"{name}_bf16", dims);
        to.Line($"{rounded}.copy_({exact})");
        return rounded;
    }

    private static void Product(ProgramWriter to, string into, ValueList<long> dims, string a, string b)
    {
        var product = to.BFloat16($"{into}_bf16", dims);
        to.Line($"torch.mm({a}, {b}, out={product})");
        to.Line($"{into}.copy_({product})");
    }
}
