namespace Vae;

public abstract partial record Layer
{
    /// <summary>Applies an activation elementwise.</summary>
    /// <param name="Function">The activation.</param>
    public sealed partial record Activate(Activation Function) : Layer
    {
        internal override string Name => Function.Name;

        internal override ValueList<Problem> Problems(string path) => Function.Problems($"{path}.function");

        internal override Validated<Shape> Output(Shape input, string path) => Valid(input);

        internal override ValueList<Shape> Intended(Shape input) => [input];
    }
}

public static partial class Layers
{
    /// <summary>Applies an activation elementwise.</summary>
    /// <param name="function">The activation.</param>
    public static Layer Activate(Activation function) => new Layer.Activate(function);

    /// <summary>max(0, x).</summary>
    public static Layer Relu { get; } = Activate(Activations.Relu);

    /// <summary>tanh x.</summary>
    public static Layer Tanh { get; } = Activate(Activations.Tanh);
}
