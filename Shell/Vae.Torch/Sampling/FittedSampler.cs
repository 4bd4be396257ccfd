using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>
/// A distribution of codes fitted to a model: it draws codes and decodes them. It holds the model, which must outlive it. Tensors
/// are returned with the model's type on its device and belong to the caller's dispose scope.
/// </summary>
public sealed class FittedSampler : IDisposable
{
    // More noise values than this are drawn in chunks, to bound memory.
    private const long MaxNoise = 1 << 24;

    private readonly VaeModel model;
    private readonly ICodeDraws draws;

    internal FittedSampler(Sampler sampler, VaeModel model, ICodeDraws draws) =>
        (Sampler, this.model, this.draws) = (sampler, model, draws);

    /// <summary>The kind of sampler and its settings.</summary>
    public Sampler Sampler { get; }

    /// <summary>The sampler as it was fitted, for readers.</summary>
    internal string Fitted => draws is MixtureDraws mixture
        ? Samplers.Name(Samplers.Mixture(mixture.Components)) : Samplers.Name(Sampler);

    /// <summary>The spec of the model.</summary>
    public VaeSpec Model => model.Spec;

    /// <summary>The device of the model.</summary>
    public Device Device => model.Device;

    /// <summary>Draws codes; a function of the seed.</summary>
    /// <param name="count">Number of codes; ≥ 0.</param>
    /// <param name="seed">Seed of the noise.</param>
    /// <param name="condition">Conditions c, [count, W]; null for an unconditional model.</param>
    /// <returns>[count, D].</returns>
    /// <exception cref="VaeException">The count is negative, or the condition does not fit the model.</exception>
    public Tensor Codes(int count, ulong seed, Tensor? condition = null)
    {
        if (count < 0)
            throw new VaeException($"count: must be at least 0, got {count}");
        // Reports a wrong condition before it would fail as an index.
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

    /// <summary>Draws codes and decodes them to means of p(x|z, c); a function of the seed.</summary>
    /// <param name="count">Number of samples; ≥ 0.</param>
    /// <param name="seed">Seed of the noise.</param>
    /// <param name="condition">Conditions c, [count, W]; null for an unconditional model.</param>
    /// <returns>[count, C, ...].</returns>
    /// <exception cref="VaeException">The count is negative, or the condition does not fit the model.</exception>
    public Tensor Sample(int count, ulong seed, Tensor? condition = null)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        return model.DecodeMean(Codes(count, seed, condition), condition).MoveToOuterDisposeScope();
    }

    /// <summary>Disposes what was fitted, but not the model.</summary>
    public void Dispose() => draws.Dispose();
}
