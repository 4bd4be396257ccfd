using static TorchSharp.torch;

namespace Vae.Benchmarks;

/// <summary>The matrix products of a step and nothing else: no step over the same products can be faster.</summary>
internal static class Roofline
{
    private sealed record Product(int Rows, int Inner, int Columns);

    public static Action Mlp() => Run([.. Chain(128, false, 784, 400, 40), .. Chain(128, true, 20, 400, 784)]);

    public static Action Burda(int samples) =>
        Run([.. Chain(20, false, 784, 200, 200, 100), .. Chain(20 * samples, true, 50, 200, 200, 784)]);

    /// <summary>Convolutions as the products that they would be after gathering patches.</summary>
    public static Action Conv() => Run([
        new(128 * 196, 16, 32), new(32, 128 * 196, 16), .. Chain(128 * 49, true, 512, 64),
        .. Chain(128, true, 3136, 256), .. Chain(128, true, 256, 32), .. Chain(128, true, 16, 256), .. Chain(128, true, 256, 3136),
        .. Chain(128 * 49, true, 64, 512), .. Chain(128 * 196, true, 32, 16)]);

    /// <summary>
    /// Forward, backward to the weights, and backward to the input of all layers (but the first, where nobody asks for it).
    /// </summary>
    private static IEnumerable<Product> Chain(int rows, bool first, params int[] widths) =>
        Enumerable.Range(0, widths.Length - 1).SelectMany(i => new Product[]
        {
            new(rows, widths[i], widths[i + 1]),
            new(widths[i + 1], rows, widths[i]),
            new(rows, widths[i + 1], widths[i]),
        }.Take(i > 0 || first ? 3 : 2));

    private static Action Run(IReadOnlyList<Product> products)
    {
        var tensors = products.SelectMany(p => new[] { rand(p.Rows, p.Inner), rand(p.Inner, p.Columns), empty(p.Rows, p.Columns) })
            .ToArray();
        var arguments = string.Join(", ", products.Select((_, i) => $"a{i}: Tensor, b{i}: Tensor, c{i}: Tensor"));
        var lines = string.Concat(products.Select((_, i) => $"    torch.mm(a{i}, b{i}, out=c{i})\n"));
        return new ScriptFunction($"def products({arguments}) -> None:\n{lines}", "products", tensors).Invoke;
    }
}
