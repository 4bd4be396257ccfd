using System.Runtime.InteropServices;
using Google.Protobuf;
using Onnx;

namespace Vae.Torch;

/// <summary>
/// A graph under construction. Every value has the dimensions that it has for <see cref="Batch"/> examples; those that are a multiple
/// of it depend on the number of examples.
/// </summary>
internal sealed class OnnxGraph
{
    /// <summary>A number of examples that no other dimension is a multiple of: a prime above all sizes of layers.</summary>
    public const int Batch = 100_003;

    /// <summary>The versions of the operators: those of ONNX, and those of its extension for texts.</summary>
    public const int Operators = 18, TextOperators = 3;

    // The first version of the format with these operators.
    private const int Format = 8;

    private readonly GraphProto graph = new();
    private readonly Dictionary<string, OnnxTensor> constants = [];
    private int next;

    /// <summary>The dimensions of a batch.</summary>
    public static int[] Rows(params int[] dims) => [Batch, .. dims];

    /// <summary>An input [N, ...].</summary>
    public OnnxTensor Input(string name, TensorProto.Types.DataType type, params int[] dims)
    {
        graph.Input.Add(Described(name, type, dims));
        return new(this, name, dims);
    }

    /// <summary>Names a value as an output.</summary>
    public void Output(string name, OnnxTensor value)
    {
        var node = new NodeProto { OpType = "Identity", Name = name };
        node.Input.Add(value.Name);
        node.Output.Add(name);
        graph.Node.Add(node);
        graph.Output.Add(Described(name, TensorProto.Types.DataType.Float, value.Dims));
    }

    /// <summary>The result of an operator.</summary>
    public OnnxTensor Node(string op, int[] dims, OnnxTensor[] inputs, params AttributeProto[] attributes)
    {
        // A slash keeps these names apart from those of inputs, which are a user's.
        var name = $"/{op}/{next++}";
        var node = new NodeProto { OpType = op, Name = name, Domain = op == "LabelEncoder" ? "ai.onnx.ml" : "" };
        node.Input.Add(inputs.Select(input => input.Name));
        node.Output.Add(name);
        node.Attribute.Add(attributes);
        graph.Node.Add(node);
        return new(this, name, dims);
    }

    /// <summary>A tensor of the model, stored once for each name.</summary>
    public OnnxTensor Weight(string name, float[] values, int[] dims) => Stored($"/weight/{name}", () => new()
    {
        DataType = (int)TensorProto.Types.DataType.Float,
        RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values.AsSpan())),
    }, dims);

    /// <summary>A constant of 32-bit numbers.</summary>
    public OnnxTensor Constant(IReadOnlyList<double> values, params int[] dims)
    {
        float[] singles = [.. values.Select(value => (float)value)];
        return Weight($"{string.Join(',', dims)}:{string.Join(',', singles)}", singles, dims);
    }

    /// <summary>A constant of 64-bit numbers.</summary>
    public OnnxTensor Doubles(IReadOnlyList<double> values, params int[] dims) => Stored(
        $"/double/{string.Join(',', dims)}:{string.Join(',', values)}", () => new()
        {
            DataType = (int)TensorProto.Types.DataType.Double,
            RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values.ToArray().AsSpan())),
        }, dims);

    /// <summary>A list of whole numbers, as operators take axes and shapes.</summary>
    public OnnxTensor Whole(params long[] values) => Stored($"/whole/{string.Join(',', values)}", () => new()
    {
        DataType = (int)TensorProto.Types.DataType.Int64,
        RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values.AsSpan())),
    }, [values.Length]);

    /// <summary>A shape, in which −1 stands for the dimension that depends on the number of examples.</summary>
    public OnnxTensor Shape(int[] dims) => Whole([.. dims.Select(dim => dim % Batch == 0 && dim > 0 ? -1L : dim)]);

    /// <summary>The file's content.</summary>
    public byte[] Write(string name, IReadOnlyDictionary<string, string> facts)
    {
        graph.Name = name;
        var model = new ModelProto { IrVersion = Format, ProducerName = "Vae", Graph = graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = Operators });
        if (graph.Node.Any(node => node.Domain.Length > 0))
            model.OpsetImport.Add(new OperatorSetIdProto { Domain = "ai.onnx.ml", Version = TextOperators });
        model.MetadataProps.Add(facts.Select(fact => new StringStringEntryProto { Key = fact.Key, Value = fact.Value }));
        return model.ToByteArray();
    }

    private OnnxTensor Stored(string name, Func<TensorProto> make, int[] dims)
    {
        if (constants.TryGetValue(name, out var known))
            return known;
        var tensor = make();
        // Long lists of numbers are a poor name.
        tensor.Name = name.Length <= 60 ? name : $"/constant/{constants.Count}";
        tensor.Dims.Add(dims.Select(dim => (long)dim));
        graph.Initializer.Add(tensor);
        return constants[name] = new(this, tensor.Name, dims);
    }

    private static ValueInfoProto Described(string name, TensorProto.Types.DataType type, int[] dims)
    {
        var shape = new TensorShapeProto();
        shape.Dim.Add(dims.Select(dim => dim == Batch
            ? new TensorShapeProto.Types.Dimension { DimParam = "N" } : new TensorShapeProto.Types.Dimension { DimValue = dim }));
        return new()
        {
            Name = name,
            Type = new() { TensorType = new() { ElemType = (int)type, Shape = shape } },
        };
    }
}
