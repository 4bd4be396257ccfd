namespace Vae;

public abstract partial record Layer
{
    /// <summary>A residual block: x + body(x); He et al. 2016.</summary>
    /// <param name="Body">The layers; the output has the shape of the input.</param>
    public sealed partial record Residual(ValueList<Layer> Body) : Layer
    {
        internal override string Name => $"residual ({string.Join(" → ", Body.Select(layer => layer.Name))})";

        internal override ValueList<Layer> Within => Body;

        internal override ValueList<Problem> Problems(string path) => Layers.OfEach($"{path}.body", Body);

        internal override Validated<Shape> Output(Shape input, string path) => Shapes.Chain(Body, input, $"{path}.body").Match(
            output => output == input ? Valid(input) : Refused($"{path}.body", $"must keep the shape of its input, {input}", output),
            problems => new Validated<Shape>.Invalid(problems));

        internal override ValueList<Shape> Intended(Shape input) => [input];

        internal override ValueList<Parameter> Tensors(Shape input, string name) => Layers.Tensors(Body, input, $"{name}.body");
    }
}

public static partial class Layers
{
    /// <summary>A residual block: x + body(x).</summary>
    /// <param name="body">The layers; the output has the shape of the input.</param>
    public static Layer Residual(ValueList<Layer> body) => new Layer.Residual(body);
}
