namespace Vae;

public abstract partial record Layer
{
    /// <summary>Turns any shape into a vector, row-major.</summary>
    public sealed partial record Flatten : Layer
    {
        internal override string Name => "flatten";

        internal override Validated<Shape> Output(Shape input, string path) => Valid(Shape.Vector((int)input.Size));
    }
}

public static partial class Layers
{
    /// <summary>Turns any shape into a vector, row-major.</summary>
    public static Layer Flatten { get; } = new Layer.Flatten();
}
