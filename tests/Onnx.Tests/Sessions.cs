using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Vae.Torch.Tests;

/// <summary>Graphs run by ONNX Runtime, which checks types and shapes strictly when it loads them.</summary>
internal sealed class Sessions : IDisposable
{
    private readonly InferenceSession session;

    public Sessions(byte[] graph)
    {
        using var options = new SessionOptions
        {
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
            IntraOpNumThreads = 1,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_BASIC,
        };
        options.AddSessionConfigEntry("session.strict_shape_type_inference", "1");
        session = new(graph, options);
    }

    /// <summary>The dimensions of an output as the graph declares them, −1 for the number of examples.</summary>
    public int[] Declared(string output) => session.OutputMetadata[output].Dimensions;

    public IEnumerable<string> Inputs => session.InputMetadata.Keys;

    public Dictionary<string, float[]> Run(params NamedOnnxValue[] inputs)
    {
        using var outputs = session.Run(inputs);
        return outputs.ToDictionary(output => output.Name, output => output.AsTensor<float>().ToArray());
    }

    public static NamedOnnxValue Of(string name, TorchSharp.torch.Tensor value) => NamedOnnxValue.CreateFromTensor(
        name, new DenseTensor<float>(value.ToFloats(), [.. value.shape.Select(dim => (int)dim)]));

    public static NamedOnnxValue Column<T>(string name, T[] values) =>
        NamedOnnxValue.CreateFromTensor(name, new DenseTensor<T>(values, [values.Length, 1]));

    public void Dispose() => session.Dispose();
}
