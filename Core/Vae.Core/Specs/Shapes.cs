namespace Vae;

/// <summary>Shape inference: what comes out of a layer, for any height and width. Nothing is allocated.</summary>
public static class Shapes
{
    /// <summary>The output shape of layers in a row, or every reason why they cannot take this input.</summary>
    public static Validated<Shape> Of(ValueList<Layer> layers, Shape input, string path = "layers")
    {
        ValueList<Problem> problems = [.. Rules.Shape("input", input), .. Rules.Layers(path, layers)];
        return problems.Count > 0 ? new Validated<Shape>.Invalid(problems) : Chain(layers, input, path);
    }

    /// <summary>The output shape of one layer, or every reason why it cannot take this input.</summary>
    public static Validated<Shape> Of(Layer layer, Shape input, string path = "layer")
    {
        ValueList<Problem> problems = [.. Rules.Shape("input", input), .. Rules.Layer(path, layer)];
        return problems.Count > 0 ? new Validated<Shape>.Invalid(problems) : Step(layer, input, path);
    }

    // From here on every layer's own numbers are in range; only what comes in can be wrong.
    private static Validated<Shape> Chain(ValueList<Layer> layers, Shape input, string path) =>
        layers.Select((layer, i) => (layer, i)).Aggregate(
            Valid(input), (shape, next) => shape.Match(s => Step(next.layer, s, $"{path}[{next.i}]"), _ => shape));

    private static Validated<Shape> Step(Layer layer, Shape input, string path) => layer.Match(
        linear: l => input.IsVector ? Valid(Shape.Vector(l.Width)) : Refused(path, "linear needs a vector (put a flatten before it)", input),
        conv2d: c => Resized(path, input, c.Channels,
            Convolved(input.Dims, 1, c), Convolved(input.Dims, 2, c), "conv2d"),
        convTranspose2d: c => Resized(path, input, c.Channels,
            Transposed(input.Dims, 1, c, c.ExtraRows), Transposed(input.Dims, 2, c, c.ExtraColumns), "convTranspose2d"),
        activate: _ => Valid(input),
        batchNorm: _ => Valid(input),
        groupNorm: g => input.Channels % g.Groups == 0 ? Valid(input) : Refused($"{path}.groups", $"must divide the {input.Channels} channels", g.Groups),
        layerNorm: _ => Valid(input),
        dropout: _ => Valid(input),
        flatten: _ => input.Size <= int.MaxValue ? Valid(Shape.Vector((int)input.Size)) : Refused(path, "a vector has at most 2147483647 values", input),
        reshape: r => r.To.Size == input.Size ? Valid(r.To) : Refused($"{path}.to", $"must have as many values as its input {input}", r.To),
        upsample: u => Resized(path, input, input.Channels,
            (long)input.Dims[Math.Max(0, input.Dims.Count - 2)] * u.Factor, (long)input.Dims[^1] * u.Factor, "upsample"),
        residual: r => Chain(r.Body, input, $"{path}.body").Match(
            output => output == input ? Valid(input) : Refused($"{path}.body", $"must give back its input shape {input}", output),
            problems => new Validated<Shape>.Invalid(problems)));

    private static long Convolved(ValueList<int> dims, int axis, Layer.Conv2d c)
    {
        var padded = (axis < dims.Count ? dims[axis] : 0) + 2L * c.Padding;
        return padded < c.Kernel ? 0 : (padded - c.Kernel) / c.Stride + 1;
    }

    private static long Transposed(ValueList<int> dims, int axis, Layer.ConvTranspose2d c, int extra) =>
        ((axis < dims.Count ? dims[axis] : 0) - 1L) * c.Stride - 2L * c.Padding + c.Kernel + extra;

    private static Validated<Shape> Resized(string path, Shape input, int channels, long height, long width, string kind) =>
        !input.IsImage ? Refused(path, $"{kind} needs an image [channels, height, width] (put a reshape before it)", input)
        : height is >= 1 and <= int.MaxValue && width is >= 1 and <= int.MaxValue ? Valid(Shape.Image(channels, (int)height, (int)width))
        : Refused(path, $"{kind} must leave at least one row and column of its input {input}", $"{height}×{width}");

    private static Validated<Shape> Valid(Shape shape) => new Validated<Shape>.Valid(shape);

    private static Validated<Shape> Refused(string path, string rule, object got) =>
        new Validated<Shape>.Invalid([new(path, rule, $"{got}")]);
}
