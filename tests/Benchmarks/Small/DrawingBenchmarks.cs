using BenchmarkDotNet.Attributes;
using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Benchmarks;

/// <summary>What is drawn: pictures by formula, and noise by key.</summary>
public class DrawingBenchmarks
{
    private readonly byte[] digit = new byte[Digits.Width * Digits.Height];
    private readonly byte[] sprite = new byte[Sprites.Width * Sprites.Height];
    private KeyedNoise? noise;
    private Tensor? normals;
    private int next;

    [GlobalSetup]
    public void Setup() => (noise, normals) = (new(1, CPU), empty(128, 20));

    [Benchmark]
    public void Digit() => Digits.Draw(1, next++, digit);

    // A stride without a common divisor meets all shapes and sizes early.
    [Benchmark]
    public void Sprite() => Sprites.Draw((int)(next++ * 104_729L % Sprites.Count), sprite);

    [Benchmark]
    public void KeyedNormals() => noise!.Normal(normals!, Purpose.Posterior, next++);

    [GlobalCleanup]
    public void Cleanup()
    {
        noise?.Dispose();
        normals?.Dispose();
    }
}
