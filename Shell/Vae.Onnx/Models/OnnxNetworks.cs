namespace Vae.Torch;

/// <summary>A model's networks and components as nodes of a graph.</summary>
/// <param name="graph">The graph.</param>
/// <param name="model">The model.</param>
/// <param name="condition">The condition [N, W]; null for a model without one.</param>
internal sealed class OnnxNetworks(OnnxGraph graph, VaeModel model, OnnxTensor? condition)
{
    private readonly Shape shape = Wiring.ConditionShape(model.Spec);

    /// <summary>The encoder's output for x [N, ...]: the parameters of q(z|x, c), [N, P·D].</summary>
    public OnnxTensor Encode(OnnxTensor x)
    {
        var shown = model.Spec.Likelihood.Formulas().ForEncoder(x);
        return Run(Wiring.EncoderLayers(model.Spec), "encoder", Join(Wiring.IsFedVector(model.Spec) ? Flat(shown) : shown));
    }

    /// <summary>The decoder's output for z [N, D]: the parameters of p(x|z, c).</summary>
    public OnnxTensor Decode(OnnxTensor z) =>
        Run(Wiring.DecoderLayers(model.Spec), "decoder", Join(model.Spec.Prior.Formulas().ForDecoder(PriorState, z)));

    /// <summary>The state of the likelihood.</summary>
    public PartState<OnnxTensor> LikelihoodState => new(name => Stored($"likelihood.{name}", model.Weights[$"likelihood.{name}"]));

    /// <summary>The state of the posterior.</summary>
    public PartState<OnnxTensor> PosteriorState
    {
        get
        {
            static string Full(string name) =>
                name.StartsWith($"{PosteriorStates.Prior}.", StringComparison.Ordinal) ? name : $"posterior.{name}";
            return new(name => Stored(Full(name), model.Weights[Full(name)]), run: (network, rows, _) => Part(Full(network), rows));
        }
    }

    /// <summary>The state of the prior.</summary>
    public PartState<OnnxTensor> PriorState
    {
        get
        {
            var state = new Lazy<PartState<TorchTensor>>(() => model.PriorState(1));
            return new(name => name == PriorStates.Outputs ? PriorOutputs() : Stored($"prior.{name}", state.Value[name]),
                run: (network, rows, _) => Part($"prior.{network}", rows));
        }
    }

    private OnnxTensor PriorOutputs() =>
        condition is not { } rows ? throw new NotSupportedException("a condition") : Run(Wiring.PriorLayers(model.Spec), "prior",
            Wiring.PriorInput(model.Spec).IsVector ? rows : OnnxTensor.Reshape(rows, OnnxGraph.Rows([.. shape.Dims])));

    /// <summary>[N, ...] → [N, values].</summary>
    public static OnnxTensor Flat(OnnxTensor x) =>
        OnnxTensor.Reshape(x, OnnxGraph.Batch, x.Dims.Skip(1).Aggregate(1, (all, dim) => all * dim));

    private OnnxTensor Stored(string name, TorchTensor value)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        return graph.Weight(name, value.Tensor.ToFloats(), [.. value.Tensor.shape.Select(dim => (int)dim)]);
    }

    private OnnxTensor Part(string name, OnnxTensor rows)
    {
        var network = Wiring.PartNetworks(model.Spec).First(network => network.Name == name);
        return Run(Wiring.Layers(network), name, OnnxTensor.Reshape(rows, OnnxGraph.Rows([.. network.Input.Dims])));
    }

    private OnnxTensor Run(ValueList<Layer> layers, string prefix, OnnxTensor x)
    {
        for (var i = 0; i < layers.Count; i++)
            x = Run(layers[i], $"{prefix}.{i}", x);
        return x;
    }

    private OnnxTensor Run(Layer layer, string name, OnnxTensor x)
    {
        OnnxTensor Weight(string found) => Stored($"{name}.{found}", model.Weights[$"{name}.{found}"]);
        var layers = new OnnxLayers(graph, Weight);
        return layer.Match(
            linear: l => layers.Linear(x, l.Width),
            gatedLinear: g => layers.GatedLinear(x, g.Width),
            conv2d: c => layers.Convolution("Conv", x, Output(layer, x), c.Stride, c.Padding),
            convTranspose2d: c => layers.Convolution("ConvTranspose", x, Output(layer, x), c.Stride, c.Padding,
                OnnxAttributes.Wholes("output_padding", c.OutputPaddingRows, c.OutputPaddingColumns)),
            activate: a => OnnxLayers.Activate(a.Function, x),
            batchNorm: b => layers.BatchNorm(x, b.Epsilon),
            groupNorm: g => layers.GroupNorm(x, g.Groups, g.Epsilon),
            layerNorm: l => layers.LayerNorm(x, l.Epsilon),
            dropout: _ => x,
            flatten: _ => Flat(x),
            reshape: r => OnnxTensor.Reshape(x, OnnxGraph.Rows([.. r.To.Dims])),
            upsample: u => OnnxLayers.Upsample(x, u.Factor),
            residual: r => x + Run(r.Body, $"{name}.body", x),
            concatenateCondition: _ => Join(x),
            sequence: s => OnnxLayers.Sequence(s, x),
            conv1d: c => layers.Convolution1d("Conv", x, Output(layer, x), c.Stride, c.Padding),
            convTranspose1d: c => layers.Convolution1d("ConvTranspose", x, Output(layer, x), c.Stride, c.Padding,
                OnnxAttributes.Wholes("output_padding", 0, c.OutputPadding)),
            gru: g => layers.Gru(g, x),
            custom: c => c.Definition.Apply<OnnxTensor>(new(Weight), x));
    }

    private static int[] Output(Layer layer, OnnxTensor x) =>
        OnnxGraph.Rows([.. VaeException.Unwrap(Shapes.Output(layer, new(ValueList.From(x.Dims.Skip(1))))).Dims]);

    // As the model itself concatenates a condition: to a vector as values, to an image as channels, an image averaged over blocks.
    private OnnxTensor Join(OnnxTensor x)
    {
        if (condition is not { } rows)
            return x;
        if (x.Dims.Length == 2)
            return OnnxTensor.Concat(x, rows, 1);
        if (shape.IsVector)
        {
            var channels = OnnxTensor.Reshape(rows, OnnxGraph.Batch, rows.Dims[1], 1, 1);
            var zeros = OnnxTensor.Constant(x, new double[x.Dims[2] * x.Dims[3]], 1, 1, x.Dims[2], x.Dims[3]);
            return OnnxTensor.Concat(x, channels + zeros, 1);
        }
        int height = shape.Height / x.Dims[2], width = shape.Width / x.Dims[3];
        var image = OnnxTensor.Reshape(rows, OnnxGraph.Rows([.. shape.Dims]));
        return OnnxTensor.Concat(x, height == 1 && width == 1 ? image : graph.Node(
            "AveragePool", OnnxGraph.Rows(shape.Channels, x.Dims[2], x.Dims[3]), [image],
            OnnxAttributes.Wholes("kernel_shape", height, width), OnnxAttributes.Wholes("strides", height, width)), 1);
    }
}
