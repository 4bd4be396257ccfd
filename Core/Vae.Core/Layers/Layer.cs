namespace Vae;

/// <summary>One layer of a network, as data. Input widths are inferred, so only output widths are stated.</summary>
[Closed]
public abstract partial record Layer
{
    /// <summary>The layer as text.</summary>
    internal abstract string Name { get; }

    /// <summary>The layers within this one.</summary>
    internal virtual ValueList<Layer> Within => [];

    /// <summary>Whether the output for an example depends on the other examples of a batch.</summary>
    internal virtual bool CouplesExamples => false;

    /// <summary>Problems of the layer's own numbers, for any input.</summary>
    internal virtual ValueList<Problem> Problems(string path) => [];

    /// <summary>The output shape, or why the layer does not fit the input. The layer has no <see cref="Problems"/>.</summary>
    internal abstract Validated<Shape> Output(Shape input, string path);

    /// <summary>The output shape for a suitable input, if it is known, so that problems of later layers are found too.</summary>
    internal virtual ValueList<Shape> Intended(Shape input) => [];

    /// <summary>The layer's tensors, named <c>name.…</c>. The layer fits its input.</summary>
    internal virtual ValueList<Parameter> Tensors(Shape input, string name) => [];

    private protected static Validated<Shape> Valid(Shape shape) => new Validated<Shape>.Valid(shape);

    private protected static Validated<Shape> Refused(string path, string rule, object got) =>
        new Validated<Shape>.Invalid([new(path, rule, $"{got}")]);

    private protected static Validated<Shape> Resized(string path, Shape input, int channels, long height, long width, string kind) =>
        !input.IsImage ? Refused(path, $"{kind} needs an image [channels, height, width] (put a reshape before it)", input)
        : height < 1 || width < 1
            ? Refused(path, $"{kind} must leave at least one row and column of its input {input}", $"{height}×{width}")
        : (Int128)height * width * channels > Rules.MaxValues
            ? Refused(path, $"must have at most {Rules.MaxValues} output values", $"{channels}×{height}×{width}")
        : Valid(Shape.Image(channels, (int)height, (int)width));

    // A single value has deviation 0: normalized, it would no longer depend on the input.
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

/// <summary>Layers by name. Each has the base type, so that the type of a list is inferred. Each case is in a file of its own.</summary>
/// <example>
/// <code>
/// ValueList&lt;Layer&gt; layers = [Layers.Flatten, Layers.Linear(400), Layers.Relu];
/// </code>
/// </example>
public static partial class Layers
{
    /// <summary>The layer as text, as in <c>conv2d 32, 4×4, stride 2, padding 1</c>.</summary>
    /// <param name="layer">The layer.</param>
    public static string Name(Layer layer) => layer.Name;

    /// <summary>The layers and those nested in them, breadth-first.</summary>
    internal static IEnumerable<Layer> All(ValueList<Layer> layers)
    {
        for (var level = layers; level.Count > 0; level = ValueList.From(level.SelectMany(layer => layer.Within)))
            foreach (var layer in level)
                yield return layer;
    }

    /// <summary>Problems of the layers' own numbers, for any input.</summary>
    internal static ValueList<Problem> Problems(string path, ValueList<Layer> layers)
    {
        var nesting = Rules.Nesting(path, layers, layer => layer.Within);
        return nesting.Count > 0 ? nesting : OfEach(path, layers);
    }

    /// <summary>Problems of each layer. The layers are not nested too deeply.</summary>
    internal static ValueList<Problem> OfEach(string path, ValueList<Layer> layers) =>
        ValueList.From(layers.SelectMany((layer, i) => layer.Problems($"{path}[{i}]")));

    /// <summary>The tensors of a sequence of layers that fits the input, named <c>prefix.index.…</c>.</summary>
    internal static ValueList<Parameter> Tensors(ValueList<Layer> layers, Shape input, string prefix)
    {
        var all = new List<Parameter>();
        foreach (var (layer, i) in layers.Select((layer, i) => (layer, i)))
        {
            all.AddRange(layer.Tensors(input, $"{prefix}.{i}"));
            input = Shapes.Output(layer, input).Match(
                shape => shape, problems => throw new ArgumentException(problems[0].ToString(), nameof(layers)));
        }
        return ValueList.From(all);
    }
}
