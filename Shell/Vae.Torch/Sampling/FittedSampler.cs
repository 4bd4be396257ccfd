using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>
/// A distribution of codes that was fitted to a model: draws of codes, and what the model decodes from them. It holds the model,
/// which must outlive it; what is returned is float32 on its device and belongs to the caller's dispose scope.
/// </summary>
public sealed class FittedSampler : IDisposable
{
    // Noise of more numbers than this is drawn in parts.
    private const long MaxNoise = 1 << 24;

    private readonly VaeModel model;
    private readonly ICodeDraws draws;

    internal FittedSampler(Sampler sampler, VaeModel model, ICodeDraws draws) => (Sampler, this.model, this.draws) = (sampler, model, draws);

    /// <summary>What it is.</summary>
    public Sampler Sampler { get; }

    /// <summary>What the model is.</summary>
    public VaeSpec Model => model.Spec;

    /// <summary>Where it runs.</summary>
    public Device Device => model.Device;

    /// <summary>Codes (with conditions c [count, W]): [count, D]; a function of the seed.</summary>
    public Tensor Codes(int count, ulong seed, Tensor? condition = null)
    {
        if (count < 0)
            throw new VaeException($"count: must be at least 0, got {count}");
        // A wrong condition is said here, and not by an index.
        _ = new Conditioning(model.Spec, condition, count);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var noise = new KeyedNoise(seed, model.Device);
        var rows = Math.Max(1, MaxNoise / Math.Max(draws.Noise, 1));
        var codes = empty([count, model.Spec.Latent], model.Weights.Flat.dtype, model.Device);
        for (long start = 0; start < count; start += rows)
        {
            using var inner = NewDisposeScope();
            var some = Math.Min(rows, count - start);
            var eps = empty([some, draws.Noise], codes.dtype, model.Device);
            noise.Normal(eps, Purpose.Prior, start);
            codes.narrow(0, start, some).copy_(draws.Draw(eps, condition?.narrow(0, start, some)));
        }
        return codes.MoveToOuterDisposeScope();
    }

    /// <summary>Codes, decoded (with conditions c [count, W]): [count, C, ...]; a function of the seed.</summary>
    public Tensor Sample(int count, ulong seed, Tensor? condition = null)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        return model.DecodeMean(Codes(count, seed, condition), condition).MoveToOuterDisposeScope();
    }

    /// <summary>Disposes what was fitted, and not the model.</summary>
    public void Dispose() => draws.Dispose();
}
