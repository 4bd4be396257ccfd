using TorchSharp;
using Vae.Tests;
using static TorchSharp.torch;

namespace Vae.Torch.Tests;

/// <summary>The formulas of posteriors and priors are the same functions on tensors as on arrays, and so are their gradients.</summary>
public class LatentFormulaTests
{
    private const int Rows = 3;

    public static TheoryData<string> Names => [.. LatentFormulas.All.Select(formula => formula.Name)];

    [Theory, MemberData(nameof(Names))]
    public void ValuesAndGradientsAreThoseOfDuals(string name)
    {
        using var scope = NewDisposeScope();
        var formula = LatentFormulas.All.First(formula => formula.Name == name);
        var x = Enumerable.Range(0, formula.Arguments).Select(i => Noise.AwayFromZero(11 + (ulong)i, Rows, Formula.Width)).ToArray();
        var along = x.Select((_, i) => Noise.Normal(31 + (ulong)i, Rows, Formula.Width)).ToArray();
        var dual = formula.Evaluate(x.Zip(along, (value, tangent) => new Dual<NdArray>(value, tangent)).ToArray());
        var leaves = x.Select(value => Tensor(value).requires_grad_()).ToArray();
        var result = formula.Evaluate(leaves.Select(leaf => new TorchTensor(leaf)).ToArray()).Tensor;
        Assert.Equal(dual.Value.ToArray(), result.ToDoubles(), Close);
        result.sum().backward();
        var slope = leaves.Zip(along, (leaf, tangent) => leaf.grad is null ? 0 : (leaf.grad * Tensor(tangent)).sum().ToDoubles()[0]).Sum();
        Assert.Equal(dual.Tangent.ToArray().Sum(), slope, Close);
    }

    private static bool Close(double a, double b) => Math.Abs(a - b) < 1e-9 * (1 + Math.Abs(a));

    private static Tensor Tensor(NdArray x) => tensor(x.ToArray(), Array.ConvertAll(x.Dims, d => (long)d), ScalarType.Float64);
}
