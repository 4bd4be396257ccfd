using BenchmarkDotNet.Attributes;

namespace Vae.Benchmarks;

/// <summary>What is written and read: the weights of 784-400-20-400-784, and its spec.</summary>
public class FileBenchmarks
{
    private readonly VaeSpec spec = Zoo.Mlp(Match.Image);
    private readonly Dictionary<string, string> metadata = new() { ["format"] = "pt" };
    private readonly string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    private SafeTensor[] tensors = [];

    [GlobalSetup]
    public void Setup()
    {
        tensors = [.. Parameters.List(spec)
            .Select(p => new SafeTensor(p.Name, "F32", ValueList.From(p.Shape.Dims.Select(dim => (long)dim)), new byte[4 * p.Shape.Size]))];
        SafeTensors.Write(path, tensors, metadata);
    }

    [Benchmark]
    public void WriteWeights() => SafeTensors.Write(path, tensors, metadata);

    [Benchmark]
    public SafeTensorFile ReadWeights() => SafeTensors.Read(path);

    [Benchmark]
    public VaeSpec SpecRoundTrip() => VaeException.Unwrap(SpecJson.ReadModel(SpecJson.Write(spec)));

    [GlobalCleanup]
    public void Cleanup() => File.Delete(path);
}
