namespace Vae;

/// <summary>One layer of a network, as data. Widths of the input are inferred; only what is new is stated.</summary>
[Closed]
public abstract partial record Layer
{
    /// <summary>The layer in words.</summary>
    internal abstract string Name { get; }

    /// <summary>The layers within this one.</summary>
    internal virtual ValueList<Layer> Within => [];

    /// <summary>The problems of its own numbers, whatever its input.</summary>
    internal virtual ValueList<Problem> Problems(string path) => [];

    /// <summary>The output shape, or why it cannot take this input; of a layer without problems.</summary>
    internal abstract Validated<Shape> Output(Shape input, string path);

    /// <summary>The output shape it would have with a suitable input, if that is clear, so that later problems are found too.</summary>
    internal virtual ValueList<Shape> Intended(Shape input) => [];

    /// <summary>Its tensors, named <c>name.…</c>; of a layer that fits its input.</summary>
    internal virtual ValueList<Parameter> Tensors(Shape input, string name) => [];

    private protected static Validated<Shape> Valid(Shape shape) => new Validated<Shape>.Valid(shape);

    private protected static Validated<Shape> Refused(string path, string rule, object got) =>
        new Validated<Shape>.Invalid([new(path, rule, $"{got}")]);

    private protected static Validated<Shape> Resized(string path, Shape input, int channels, long height, long width, string kind) =>
        !input.IsImage ? Refused(path, $"{kind} needs an image [channels, height, width] (put a reshape before it)", input)
        : height < 1 || width < 1 ? Refused(path, $"{kind} must leave at least one row and column of its input {input}", $"{height}×{width}")
        : (Int128)height * width * channels > Rules.MaxValues ? Refused(path, $"must give at most {Rules.MaxValues} values", $"{channels}×{height}×{width}")
        : Valid(Shape.Image(channels, (int)height, (int)width));

    // The deviation of a single value is 0: normalized, it would no longer depend on its input.
    private protected static Validated<Shape> Spread(string path, Shape input, long values, string part) =>
        values > 1 ? Valid(input) : Refused(path, $"needs at least 2 values in {part} to normalize", input);

    private protected static ValueList<Parameter> Affine(string name, Shape shape) =>
        [new($"{name}.weight", shape, new(0, 1), true), new($"{name}.bias", shape, new(0, 0), true)];

    // Uniform in ±1/√fan-in, weights and biases alike, unless a run's initialization says otherwise: LeCun et al. 1998, "Efficient
    // BackProp", section 4.6, up to a constant.
    private protected static ValueList<Parameter> Weighted(string name, Fan fan, int outputs, ValueList<int> dims) =>
        [new($"{name}.weight", new(dims), new(1 / Math.Sqrt(fan.In), 0), true, fan),
         new($"{name}.bias", Shape.Vector(outputs), new(1 / Math.Sqrt(fan.In), 0), true, fan)];
}

/// <summary>Layers by name, each as its base type, so that lists of them infer. Each case stands in a file of its own.</summary>
public static partial class Layers
{
    /// <summary>The layer in words, as in <c>conv2d 32, 4×4, stride 2, padding 1</c>.</summary>
    public static string Name(Layer layer) => layer.Name;

    /// <summary>Layers and those within them, one level of nesting after the other.</summary>
    internal static IEnumerable<Layer> All(ValueList<Layer> layers)
    {
        for (var level = layers; level.Count > 0; level = ValueList.From(level.SelectMany(layer => layer.Within)))
            foreach (var layer in level)
                yield return layer;
    }

    /// <summary>The problems of the layers' own numbers, whatever their input.</summary>
    internal static ValueList<Problem> Problems(string path, ValueList<Layer> layers)
    {
        var nesting = Rules.Nesting(path, layers, layer => layer.Within);
        return nesting.Count > 0 ? nesting : OfEach(path, layers);
    }

    /// <summary>The problems of each layer, of layers that are not nested too deeply.</summary>
    internal static ValueList<Problem> OfEach(string path, ValueList<Layer> layers) =>
        ValueList.From(layers.SelectMany((layer, i) => layer.Problems($"{path}[{i}]")));

    /// <summary>The tensors of layers in a row that fit the input, named <c>prefix.index.…</c>.</summary>
    internal static ValueList<Parameter> Tensors(ValueList<Layer> layers, Shape input, string prefix)
    {
        var all = new List<Parameter>();
        foreach (var (layer, i) in layers.Select((layer, i) => (layer, i)))
        {
            all.AddRange(layer.Tensors(input, $"{prefix}.{i}"));
            input = Shapes.Output(layer, input).Match(shape => shape, problems => throw new ArgumentException(problems[0].ToString(), nameof(layers)));
        }
        return ValueList.From(all);
    }
}
