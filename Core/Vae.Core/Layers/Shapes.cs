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
        ValueList<Problem> problems = [.. Rules.Shape("input", input), .. Rules.Layers(path, [layer])];
        return problems.Count > 0 ? new Validated<Shape>.Invalid(problems) : Step(layer, input, path);
    }

    // From here on every layer's own numbers are in range; only what comes in can be wrong.
    private static Validated<Shape> Chain(ValueList<Layer> layers, Shape input, string path)
    {
        var found = new List<Problem>();
        foreach (var (layer, i) in layers.Select((layer, i) => (layer, i)))
        {
            var step = Step(layer, input, $"{path}[{i}]");
            found.AddRange(step.Match(_ => [], problems => problems));
            var after = step.Match(shape => [shape], _ => Meant(layer, input));
            if (after.Count == 0)
                break;
            input = after[0];
        }
        return found.Count == 0 ? Valid(input) : new Validated<Shape>.Invalid(ValueList.From(found));
    }

    /// <summary>What a layer that cannot take its input would give after a repair, where that is clear: so later problems show at once.</summary>
    private static ValueList<Shape> Meant(Layer layer, Shape input) => layer.Match(
        linear: l => [Shape.Vector(l.Width)],
        conv2d: _ => [], convTranspose2d: _ => [],
        activate: _ => [input], batchNorm: _ => [input], groupNorm: _ => [input], layerNorm: _ => [input], dropout: _ => [input],
        flatten: _ => [],
        reshape: r => [r.To],
        upsample: _ => [],
        residual: _ => [input],
        appendCondition: _ => [],
        custom: _ => ValueList.From<Shape>([]));

    private static Validated<Shape> Step(Layer layer, Shape input, string path) => layer.Match(
        linear: l => input.IsVector ? Valid(Shape.Vector(l.Width)) : Refused(path, "linear needs a vector (put a flatten before it)", input),
        conv2d: c => Resized(path, input, c.Channels,
            Convolved(input.Dims, 1, c), Convolved(input.Dims, 2, c), "conv2d"),
        convTranspose2d: c => Resized(path, input, c.Channels,
            Transposed(input.Dims, 1, c, c.ExtraRows), Transposed(input.Dims, 2, c, c.ExtraColumns), "convTranspose2d"),
        activate: _ => Valid(input),
        batchNorm: _ => Valid(input),
        groupNorm: g => input.Channels % g.Groups != 0 ? Refused($"{path}.groups", $"must divide the {input.Channels} channels", g.Groups)
            : Spread(path, input, input.Size / g.Groups, "a group"),
        layerNorm: _ => Spread(path, input, input.Size, "an example"),
        dropout: _ => Valid(input),
        flatten: _ => Valid(Shape.Vector((int)input.Size)),
        reshape: r => r.To.Size == input.Size ? Valid(r.To) : Refused($"{path}.to", $"must have as many values as its input {input}", r.To),
        upsample: u => Resized(path, input, input.Channels,
            (long)input.Dims[Math.Max(0, input.Dims.Count - 2)] * u.Factor, (long)input.Dims[^1] * u.Factor, "upsample"),
        residual: r => Chain(r.Body, input, $"{path}.body").Match(
            output => output == input ? Valid(input) : Refused($"{path}.body", $"must give back its input shape {input}", output),
            problems => new Validated<Shape>.Invalid(problems)),
        appendCondition: a => ((Int128)a.Width + input.Channels) * (input.Size / input.Channels) > Rules.MostValues
            ? Refused(path, $"must give at most {Rules.MostValues} values", $"{a.Width} more beside {input}")
            : Valid(input.WithChannels(a.Width + input.Channels)),
        custom: c => Custom(c.Definition, input, path));

    private static Validated<Shape> Custom(ILayer layer, Shape input, string path)
    {
        Validated<Shape> given = Refused(path, "must say its output", "none");
        var problems = Rules.Said(path, () => (given = layer.Output(input, path)).Match(output => Rules.Shape(path, output), problems => problems));
        return problems.Count > 0 ? new Validated<Shape>.Invalid(problems) : given;
    }

    private static long Convolved(ValueList<int> dims, int axis, Layer.Conv2d c)
    {
        var padded = (axis < dims.Count ? dims[axis] : 0) + 2L * c.Padding;
        return padded < c.Kernel ? 0 : (padded - c.Kernel) / c.Stride + 1;
    }

    private static long Transposed(ValueList<int> dims, int axis, Layer.ConvTranspose2d c, int extra) =>
        ((axis < dims.Count ? dims[axis] : 0) - 1L) * c.Stride - 2L * c.Padding + c.Kernel + extra;

    private static Validated<Shape> Resized(string path, Shape input, int channels, long height, long width, string kind) =>
        !input.IsImage ? Refused(path, $"{kind} needs an image [channels, height, width] (put a reshape before it)", input)
        : height < 1 || width < 1 ? Refused(path, $"{kind} must leave at least one row and column of its input {input}", $"{height}×{width}")
        : (Int128)height * width * channels > Rules.MostValues ? Refused(path, $"must give at most {Rules.MostValues} values", $"{channels}×{height}×{width}")
        : Valid(Shape.Image(channels, (int)height, (int)width));

    // The deviation of a single value is 0: normalized, it would forget its input.
    private static Validated<Shape> Spread(string path, Shape input, long values, string part) =>
        values > 1 ? Valid(input) : Refused(path, $"needs at least 2 values in {part} to normalize", input);

    private static Validated<Shape> Valid(Shape shape) => new Validated<Shape>.Valid(shape);

    private static Validated<Shape> Refused(string path, string rule, object got) =>
        new Validated<Shape>.Invalid([new(path, rule, $"{got}")]);
}
