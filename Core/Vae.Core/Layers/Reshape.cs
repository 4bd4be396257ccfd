namespace Vae;

public abstract partial record Layer
{
    /// <summary>The same values in another shape, row-major.</summary>
    /// <param name="To">The new shape; of the same size as the input.</param>
    public sealed partial record Reshape(Shape To) : Layer
    {
        internal override string Name => $"reshape {To}";

        internal override ValueList<Problem> Problems(string path) => Rules.Shape($"{path}.to", To);

        internal override Validated<Shape> Output(Shape input, string path) =>
            To.Size == input.Size ? Valid(To) : Refused($"{path}.to", $"must have as many values as its input {input}", To);

        internal override ValueList<Shape> Intended(Shape input) => [To];
    }
}

public static partial class Layers
{
    /// <summary>The same values in another shape, row-major.</summary>
    /// <param name="to">The new shape; of the same size as the input.</param>
    public static Layer Reshape(Shape to) => new Layer.Reshape(to);
}
