using Onnx;

namespace Vae.Torch;

/// <summary>A layer as nodes of a graph.</summary>
/// <param name="graph">The graph.</param>
/// <param name="weight">The layer's tensor of a name.</param>
internal sealed class OnnxLayers(OnnxGraph graph, Func<string, OnnxTensor> weight)
{
    public OnnxTensor Linear(OnnxTensor x, int width) => graph.Node(
        "Gemm", OnnxGraph.Rows(width), [x, weight("weight"), weight("bias")], OnnxAttributes.Whole("transB", 1));

    public OnnxTensor GatedLinear(OnnxTensor x, int width)
    {
        var both = Linear(x, 2 * width);
        return OnnxTensor.Slice(both, 1, 0, width) * OnnxTensor.Sigmoid(OnnxTensor.Slice(both, 1, width, width));
    }

    public OnnxTensor Convolution(string op, OnnxTensor x, int[] dims, int stride, int padding, params AttributeProto[] more) => graph.Node(
        op, dims, [x, weight("weight"), weight("bias")],
        [OnnxAttributes.Wholes("strides", stride, stride), OnnxAttributes.Wholes("pads", padding, padding, padding, padding), .. more]);

    // A sequence is an image of one row, so its kernel is one of one row.
    public OnnxTensor Convolution1d(string op, OnnxTensor x, int[] dims, int stride, int padding, params AttributeProto[] more)
    {
        var kernel = weight("weight");
        return graph.Node(
            op, dims, [x, OnnxTensor.Reshape(kernel, kernel.Dims[0], kernel.Dims[1], 1, kernel.Dims[2]), weight("bias")],
            [OnnxAttributes.Wholes("strides", 1, stride), OnnxAttributes.Wholes("pads", 0, padding, 0, padding), .. more]);
    }

    public OnnxTensor Gru(Layer.Gru layer, OnnxTensor x)
    {
        var states = Sequences.Gru(
            x, new(weight("input.weight"), weight("input.bias"), weight("state.weight"), weight("state.bias")), layer.MaskChannels);
        return layer.OnlyLast
            ? OnnxTensor.Reshape(OnnxTensor.Slice(states, 3, x.Dims[3] - 1, 1), OnnxGraph.Rows(layer.Width)) : states;
    }

    // Each part of the vector: [N, steps · width] → [N, width, 1, steps].
    public static OnnxTensor Sequence(Layer.Sequence layer, OnnxTensor x)
    {
        var start = 0;
        return layer.Widths.Select(width =>
        {
            var length = layer.Steps * width;
            var rows = OnnxTensor.Reshape(OnnxTensor.Slice(x, 1, start, length), OnnxGraph.Batch, layer.Steps, width);
            start += length;
            var turned = x.Graph.Node(
                "Transpose", OnnxGraph.Rows(width, layer.Steps), [rows], OnnxAttributes.Wholes("perm", 0, 2, 1));
            return OnnxTensor.Reshape(turned, OnnxGraph.Batch, width, 1, layer.Steps);
        }).Aggregate((a, b) => OnnxTensor.Concat(a, b, 1));
    }

    public OnnxTensor BatchNorm(OnnxTensor x, double epsilon) => graph.Node(
        "BatchNormalization", x.Dims, [x, weight("weight"), weight("bias"), weight("running_mean"), weight("running_var")],
        OnnxAttributes.Number("epsilon", epsilon));

    public OnnxTensor LayerNorm(OnnxTensor x, double epsilon) => graph.Node(
        "LayerNormalization", x.Dims, [x, weight("weight"), weight("bias")],
        OnnxAttributes.Whole("axis", 1), OnnxAttributes.Number("epsilon", epsilon));

    // Each group is one row of a layer normalization; then each channel has its own scale.
    public OnnxTensor GroupNorm(OnnxTensor x, int groups, double epsilon)
    {
        var size = x.Dims.Skip(1).Aggregate(1, (all, dim) => all * dim) / groups;
        var parts = OnnxTensor.Reshape(x, OnnxGraph.Batch, groups, size);
        var ones = graph.Constant([.. Enumerable.Repeat(1.0, size)], size);
        var normal = OnnxTensor.Reshape(graph.Node(
            "LayerNormalization", parts.Dims, [parts, ones],
            OnnxAttributes.Whole("axis", 2), OnnxAttributes.Number("epsilon", epsilon)), x.Dims);
        int[] channels = [1, x.Dims[1], .. x.Dims.Skip(2).Select(_ => 1)];
        return normal * OnnxTensor.Reshape(weight("weight"), channels) + OnnxTensor.Reshape(weight("bias"), channels);
    }

    // Nearest neighbours as a broadcast sum with zeros.
    public static OnnxTensor Upsample(OnnxTensor x, int factor)
    {
        var d = x.Dims;
        var apart = OnnxTensor.Reshape(x, d[0], d[1], d[2], 1, d[3], 1);
        var repeated = apart + OnnxTensor.Constant(x, new double[factor * factor], 1, 1, 1, factor, 1, factor);
        return OnnxTensor.Reshape(repeated, d[0], d[1], d[2] * factor, d[3] * factor);
    }

    public static OnnxTensor Activate(Activation function, OnnxTensor x) => function.Match(
        relu: _ => x.Map("Relu"),
        leakyRelu: l => x.Map("LeakyRelu", OnnxAttributes.Number("alpha", l.Slope)),
        elu: e => x.Map("Elu", OnnxAttributes.Number("alpha", e.Alpha)),
        gelu: _ => 0.5 * x * (1 + (x / Math.Sqrt(2)).Map("Erf")),
        silu: _ => x * OnnxTensor.Sigmoid(x),
        tanh: _ => OnnxTensor.Tanh(x),
        sigmoid: _ => OnnxTensor.Sigmoid(x),
        softplus: _ => -OnnxTensor.LogSigmoid(-x));
}
