namespace Vae;

public abstract partial record Layer
{
    /// <summary>Layer normalization: normalizes each example over all its values; Ba et al. 2016.</summary>
    /// <param name="Epsilon">Added to the variance; &gt; 0.</param>
    public sealed partial record LayerNorm(double Epsilon = 1e-5) : Layer
    {
        internal override string Name => "layerNorm";

        internal override ValueList<Problem> Problems(string path) => Rules.Positive($"{path}.epsilon", Epsilon);

        internal override Validated<Shape> Output(Shape input, string path) => Spread(path, input, input.Size, "an example");

        internal override ValueList<Shape> Intended(Shape input) => [input];

        internal override ValueList<Parameter> Tensors(Shape input, string name) => Affine(name, input);
    }
}

public static partial class Layers
{
    /// <summary>Layer normalization: normalizes each example over all its values.</summary>
    /// <param name="epsilon">Added to the variance; &gt; 0.</param>
    public static Layer LayerNorm(double epsilon = 1e-5) => new Layer.LayerNorm(epsilon);
}
