namespace Vae;

/// <summary>The named tensors of a model, as a pure function of its spec: what modules hold, files store and programs address.</summary>
public static class Parameters
{
    /// <summary>All tensors of a spec without problems: encoder, decoder and prior in the order of their layers, then what posterior, prior and likelihood have of their own, then the networks of posterior and prior.</summary>
    public static ValueList<Parameter> Of(VaeSpec spec) =>
        Of(Wiring.EncoderLayers(spec), Wiring.EncoderInput(spec), "encoder")
            .Append(Of(Wiring.DecoderLayers(spec), Wiring.DecoderInput(spec), "decoder"))
            .Append(Of(Wiring.PriorLayers(spec), Wiring.PriorInput(spec), "prior"))
            .Append(Within("posterior", spec.Posterior.Formulas().Learned(spec.Latent)))
            .Append(Within("prior", spec.Prior.Formulas().Learned(spec.Latent, spec.Input)))
            .Append(Within("likelihood", spec.Likelihood.Formulas().Learned(spec.Input)))
            .Append(Wiring.PartNetworks(spec).SelectMany(network => Of(Wiring.Layers(network), network.Input, network.Name)));

    /// <summary>All tensors of an objective's own network, without problems.</summary>
    public static ValueList<Parameter> Of(Auxiliary auxiliary) => Of(Wiring.Layers(auxiliary), auxiliary.Input, auxiliary.Name);

    /// <summary>The number of trained values, or 2⁶³ − 1 where it is greater.</summary>
    public static long Count(VaeSpec spec) => Count(Of(spec));

    /// <summary>The trained values that the posterior, the prior or the likelihood, by that name, has of its own beside networks.</summary>
    public static long OwnCount(VaeSpec spec, string part) => part switch
    {
        "posterior" => Count(spec.Posterior.Formulas().Learned(spec.Latent)),
        "prior" => Count(spec.Prior.Formulas().Learned(spec.Latent, spec.Input)),
        "likelihood" => Count(spec.Likelihood.Formulas().Learned(spec.Input)),
        _ => 0,
    };

    /// <summary>The number of trained values among tensors, or 2⁶³ − 1 where it is greater.</summary>
    internal static long Count(ValueList<Parameter> parameters) =>
        (long)parameters.Where(p => p.Trained).Aggregate(Int128.Zero, (sum, p) => Int128.Min(sum + p.Shape.Size, long.MaxValue));

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
        appendCondition: _ => [],
        custom: c => Within(name, c.Definition.Learned(input)));

    private static ValueList<Parameter> Within(string name, ValueList<Parameter> learned) =>
        ValueList.From(learned.Select(parameter => parameter.With(name: $"{name}.{parameter.Name}")));

    private static ValueList<Parameter> Affine(string name, Shape input) =>
        [new($"{name}.weight", Shape.Vector(input.Channels), new(0, 1), true),
         new($"{name}.bias", Shape.Vector(input.Channels), new(0, 0), true)];

    // Uniform in ±1/√fan-in, weights and biases alike: LeCun et al. 1998, "Efficient BackProp", section 4.6, up to a constant.
    private static ValueList<Parameter> Weighted(string name, long fanIn, int outputs, ValueList<int> dims) =>
        [new($"{name}.weight", new(dims), new(1 / Math.Sqrt(fanIn), 0), true),
         new($"{name}.bias", Shape.Vector(outputs), new(1 / Math.Sqrt(fanIn), 0), true)];
}
