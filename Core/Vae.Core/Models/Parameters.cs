namespace Vae;

/// <summary>Where a parameter starts before training.</summary>
/// <param name="Bound">The half-width of a uniform distribution around <paramref name="Centre"/>; 0 for a constant.</param>
/// <param name="Centre">The middle.</param>
public sealed record Initial(double Bound, double Centre)
{
    /// <summary>The same with other parts.</summary>
    public Initial With(double? bound = null, double? centre = null) => new(bound ?? Bound, centre ?? Centre);
}

/// <summary>A named tensor of a model.</summary>
/// <param name="Name">As in <c>encoder.1.weight</c>.</param>
/// <param name="Shape">Its dimensions: linear [out, in], conv2d [out, in, k, k], convTranspose2d [in, out, k, k], else [n].</param>
/// <param name="Initial">Where it starts.</param>
/// <param name="Trained">False for running statistics.</param>
public sealed record Parameter(string Name, Shape Shape, Initial Initial, bool Trained)
{
    /// <summary>The same with other parts.</summary>
    public Parameter With(string? name = null, Shape? shape = null, Initial? initial = null, bool? trained = null) =>
        new(name ?? Name, shape ?? Shape, initial ?? Initial, trained ?? Trained);
}

/// <summary>The named tensors of a model, as a pure function of its spec: what modules hold, files store and programs address.</summary>
public static class Parameters
{
    /// <summary>All tensors of a spec without problems, encoder, decoder, prior, in the order of the layers.</summary>
    public static ValueList<Parameter> Of(VaeSpec spec) =>
        Of(Wiring.EncoderLayers(spec), Wiring.EncoderInput(spec), "encoder")
            .Append(Of(Wiring.DecoderLayers(spec), Wiring.DecoderInput(spec), "decoder"))
            .Append(Of(Wiring.PriorLayers(spec), Wiring.PriorInput(spec), "prior"));

    /// <summary>The number of trained values, or 2⁶³ − 1 where it is greater.</summary>
    public static long Count(VaeSpec spec) =>
        (long)Of(spec).Where(p => p.Trained).Aggregate(Int128.Zero, (sum, p) => Int128.Min(sum + p.Shape.Size, long.MaxValue));

    /// <summary>The tensors of layers in a row that fit the input, named <c>prefix.index.…</c>.</summary>
    public static ValueList<Parameter> Of(ValueList<Layer> layers, Shape input, string prefix)
    {
        var all = new List<Parameter>();
        foreach (var (layer, i) in layers.Select((layer, i) => (layer, i)))
        {
            all.AddRange(Of(layer, input, $"{prefix}.{i}"));
            input = Shapes.Of(layer, input).Match(shape => shape, problems => throw new ArgumentException(problems[0].ToString(), nameof(layers)));
        }
        return ValueList.From(all);
    }

    private static ValueList<Parameter> Of(Layer layer, Shape input, string name) => layer.Match(
        linear: l => Weighted(name, input.Channels, l.Width, [l.Width, input.Channels]),
        conv2d: c => Weighted(name, (long)input.Channels * c.Kernel * c.Kernel, c.Channels, [c.Channels, input.Channels, c.Kernel, c.Kernel]),
        convTranspose2d: c => Weighted(name, (long)c.Channels * c.Kernel * c.Kernel, c.Channels, [input.Channels, c.Channels, c.Kernel, c.Kernel]),
        activate: _ => [],
        batchNorm: _ => [
            .. Affine(name, input),
            new($"{name}.running_mean", Shape.Vector(input.Channels), new(0, 0), false),
            new($"{name}.running_var", Shape.Vector(input.Channels), new(0, 1), false)],
        groupNorm: _ => Affine(name, input),
        layerNorm: _ => [new($"{name}.weight", input, new(0, 1), true), new($"{name}.bias", input, new(0, 0), true)],
        dropout: _ => [], flatten: _ => [], reshape: _ => [], upsample: _ => [],
        residual: r => Of(r.Body, input, $"{name}.body"),
        appendCondition: _ => []);

    private static ValueList<Parameter> Affine(string name, Shape input) =>
        [new($"{name}.weight", Shape.Vector(input.Channels), new(0, 1), true),
         new($"{name}.bias", Shape.Vector(input.Channels), new(0, 0), true)];

    // Uniform in ±1/√fan-in, weights and biases alike: LeCun et al. 1998, "Efficient BackProp", section 4.6, up to a constant.
    private static ValueList<Parameter> Weighted(string name, long fanIn, int outputs, ValueList<int> dims) =>
        [new($"{name}.weight", new(dims), new(1 / Math.Sqrt(fanIn), 0), true),
         new($"{name}.bias", Shape.Vector(outputs), new(1 / Math.Sqrt(fanIn), 0), true)];
}
