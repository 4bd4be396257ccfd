using System.Text.Json.Nodes;
using Onnx;

namespace Vae.Torch;

/// <summary>The graphs that a page runs, from those that are exported: so a model has one form for other programs.</summary>
internal static class PageGraphs
{
    /// <summary>The operators that the page's script runs; a test holds the two lists to each other.</summary>
    internal static ValueList<string> Operators { get; } = [
        "Abs", "Add", "And", "ArgMax", "AveragePool", "BatchNormalization", "Cast", "Clip", "Concat", "Conv", "ConvTranspose", "Cos", "Div",
        "Elu", "Equal", "Erf", "Exp", "Expand", "Floor", "Gemm", "Greater", "Identity", "IsInf", "IsNaN", "LayerNormalization", "LeakyRelu",
        "Less", "Log", "MatMul", "Max", "Min", "Mul", "Neg", "Not", "Or", "ReduceMax", "ReduceSum", "Relu", "Reshape", "Shape", "Sigmoid",
        "Sign", "Sin", "Slice", "Sqrt", "Sub", "Tanh", "Transpose", "Where"];

    /// <summary>z and the condition → parameters and mean of p(x|z, c).</summary>
    public static byte[] Decoder(VaeModel model) => OnnxModels.Decoder(model);

    /// <summary>
    /// Noise from N(0, 1) and the condition → a draw from p(z|c). Null if the model has no distribution of codes, or one whose draws have
    /// no such form: the page then has none either.
    /// </summary>
    public static byte[]? Prior(VaeModel model)
    {
        if (!Posteriors.HasDensity(model.Spec.Posterior))
            return null;
        try
        {
            var content = OnnxModels.Write(model, "prior", graph =>
            {
                var noise = graph.Input(
                    "noise", TensorProto.Types.DataType.Float, OnnxGraph.Rows(model.Spec.Prior.Formulas().Noise(model.Spec.Latent)));
                var networks = new OnnxNetworks(graph, model, OnnxModels.Condition(graph, model));
                graph.Output("z", Priors.Sample(model.Spec.Prior, noise, networks.PriorState));
            });
            RequireOperators(ModelProto.Parser.ParseFrom(content).Graph);
            return content;
        }
        catch (VaeException)
        {
            return null;
        }
    }

    /// <summary>Parameters of p(x|z, c) and an example with its mask → −ln p of each value, without a mask; nats.</summary>
    public static byte[] Terms(VaeModel model) => OnnxModels.Write(model, "terms", graph =>
    {
        var (spec, single) = (model.Spec, TensorProto.Types.DataType.Float);
        var parameters = graph.Input("parameters", single, OnnxGraph.Rows([.. Wiring.DecoderOutput(spec).Dims]));
        var x = graph.Input("x", single, OnnxGraph.Rows([.. spec.Input.Dims]));
        var networks = new OnnxNetworks(graph, model, null);
        graph.Output("terms", OnnxModels.Named("likelihood", Likelihoods.Name(spec.Likelihood), () =>
            Likelihoods.NegLogDensityPerValue(spec.Likelihood, parameters, x, networks.LikelihoodState)));
    });

    /// <summary>A graph as the page's script reads it; its numbers go to <paramref name="weights"/>.</summary>
    public static JsonObject ToJson(byte[] content, PageWeights weights)
    {
        var graph = ModelProto.Parser.ParseFrom(content).Graph;
        RequireOperators(graph);
        var (tensors, wholes) = (new JsonObject(), new JsonObject());
        foreach (var tensor in graph.Initializer)
            if (tensor.DataType == (int)TensorProto.Types.DataType.Int64)
                wholes[tensor.Name] = Wholes(tensor);
            else if (tensor.DataType != (int)TensorProto.Types.DataType.Float)
                throw new VaeException("model: must be of 32-bit numbers in an explorer page, "
                    + $"got {tensor.Name} of type {tensor.DataType}");
            else
                tensors[tensor.Name] = new JsonObject
                {
                    ["dims"] = new JsonArray([.. tensor.Dims.Select(dim => (JsonNode)dim)]),
                    ["at"] = weights.Add(tensor.RawData.Span),
                };
        return new()
        {
            ["tensors"] = tensors,
            ["wholes"] = wholes,
            ["nodes"] = new JsonArray([.. graph.Node.Select(Node)]),
            ["outputs"] = new JsonArray([.. graph.Output.Select(output => (JsonNode)output.Name)]),
        };
    }

    private static void RequireOperators(GraphProto graph)
    {
        foreach (var name in graph.Node.Select(node => node.OpType).Except(Operators))
            throw new VaeException($"model: must be of operators that an explorer page runs, got {name}");
    }

    private static JsonArray Wholes(TensorProto tensor)
    {
        var values = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, long>(tensor.RawData.Span).ToArray();
        return new([.. values.Select(value => (JsonNode)value)]);
    }

    private static JsonNode Node(NodeProto node)
    {
        var attributes = new JsonObject();
        foreach (var attribute in node.Attribute)
            attributes[attribute.Name] = attribute.Type switch
            {
                AttributeProto.Types.AttributeType.Int => attribute.I,
                AttributeProto.Types.AttributeType.Float => attribute.F,
                _ => new JsonArray([.. attribute.Ints.Select(value => (JsonNode)value)]),
            };
        return new JsonArray(node.OpType, new JsonArray([.. node.Input.Select(name => (JsonNode)name)]), node.Output[0], attributes);
    }
}
