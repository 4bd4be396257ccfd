namespace Vae;

public abstract partial record Layer
{
    /// <summary>A fully connected layer, x·Wᵀ + b. [n] → [width].</summary>
    /// <param name="Width">The length of the output; ≥ 1.</param>
    public sealed partial record Linear(int Width) : Layer
    {
        internal override string Name => $"linear {Width}";

        internal override ValueList<Problem> Problems(string path) => Rules.Size($"{path}.width", Width);

        internal override Validated<Shape> Output(Shape input, string path) =>
            input.IsVector ? Valid(Shape.Vector(Width)) : Refused(path, "linear needs a vector (put a flatten before it)", input);

        internal override ValueList<Shape> Intended(Shape input) => [Shape.Vector(Width)];

        internal override ValueList<Parameter> Tensors(Shape input, string name) =>
            Weighted(name, input.Channels, Width, [Width, input.Channels]);
    }
}

public static partial class Layers
{
    /// <summary>A fully connected layer, x·Wᵀ + b. [n] → [width].</summary>
    /// <param name="width">The length of the output; ≥ 1.</param>
    /// <example>
    /// <code>
    /// Network encoder = new([Layers.Linear(512), Layers.Relu, Layers.Linear(256), Layers.Relu], Heads.Dense);
    /// </code>
    /// </example>
    public static Layer Linear(int width) => new Layer.Linear(width);
}
