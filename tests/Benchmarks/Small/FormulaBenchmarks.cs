using BenchmarkDotNet.Attributes;
using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Benchmarks;

// BenchmarkDotNet derives from these classes: they must be public and not sealed.

/// <summary>One formula over the carriers: KL to the standard normal, [128, 20] → [128].</summary>
public class FormulaBenchmarks
{
    private const int Batch = 128, Latent = 20;

    private NdArray mu, logVar;
    private TorchTensor torchMu, torchLogVar;

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        double[] Values() => [.. Enumerable.Range(0, Batch * Latent).Select(_ => random.NextDouble() - 0.5)];
        double[] means = Values(), logs = Values();
        (mu, logVar) = (NdArray.FromValues(means, Batch, Latent), NdArray.FromValues(logs, Batch, Latent));
        torchMu = tensor(means, [Batch, Latent]).to(ScalarType.Float32);
        torchLogVar = tensor(logs, [Batch, Latent]).to(ScalarType.Float32);
    }

    [Benchmark]
    public NdArray KlOverArrays() => Normals.KlToStandard(mu, logVar);

    [Benchmark]
    public void KlOverTensors()
    {
        using var scope = NewDisposeScope();
        Normals.KlToStandard(torchMu, torchLogVar);
    }
}
