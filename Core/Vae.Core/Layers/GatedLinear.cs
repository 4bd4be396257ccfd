namespace Vae;

public abstract partial record Layer
{
    /// <summary>
    /// A gated linear unit: a·σ(b), where a and b are the halves of a linear layer's output. [n] → [width]; Dauphin et al. 2017.
    /// </summary>
    /// <param name="Width">The length of the output; ≥ 1.</param>
    public sealed partial record GatedLinear(int Width) : Layer
    {
        internal override string Name => $"gated linear {Width}";

        internal override ValueList<Problem> Problems(string path) =>
            [.. Rules.AtLeast($"{path}.width", Width, 1), .. Rules.If(Width > Rules.MaxValues / 2, $"{path}.width",
                $"must be at most {Rules.MaxValues / 2}", Width)];

        internal override Validated<Shape> Output(Shape input, string path) => input.IsVector
            ? Valid(Shape.Vector(Width)) : Refused(path, "gated linear needs a vector (put a flatten before it)", input);

        internal override ValueList<Shape> Intended(Shape input) => [Shape.Vector(Width)];

        internal override ValueList<Parameter> Tensors(Shape input, string name) =>
            Weighted(name, new Fan(input.Channels, 2 * Width), 2 * Width, [2 * Width, input.Channels]);
    }
}

public static partial class Layers
{
    /// <summary>A gated linear unit, a·σ(b). [n] → [width]; Dauphin et al. 2017.</summary>
    /// <param name="width">The length of the output; ≥ 1.</param>
    /// <example>
    /// <code>
    /// Network encoder = new([Layers.GatedLinear(256), Layers.GatedLinear(256)], Heads.Dense);
    /// </code>
    /// </example>
    public static Layer GatedLinear(int width) => new Layer.GatedLinear(width);
}
