using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>
/// A spec made runnable: its weights, and the encoder and decoder over them. Tensors are float32 on the model's device,
/// batch axis first; what is returned belongs to the caller's dispose scope.
/// </summary>
public sealed class VaeModel : IDisposable
{
    private readonly KeyedNoise noise;
    private readonly ValueList<Layer> encoder;
    private readonly ValueList<Layer> decoder;
    private readonly bool fedVector;

    /// <summary>The model of a spec with weights drawn from the seed; <see cref="VaeException"/> with every problem of the spec.</summary>
    public VaeModel(VaeSpec spec, ulong seed = 0, Device? device = null, ScalarType type = ScalarType.Float32)
    {
        TorchRuntime.Load();
        Weights = new(spec, seed, device, type);
        (Spec, noise) = (spec, new(seed, Weights.Device));
        (encoder, decoder) = (Wiring.EncoderLayers(spec), Wiring.DecoderLayers(spec));
        fedVector = Wiring.IsFedVector(spec);
        Programs = new(this);
    }

    /// <summary>What it is.</summary>
    public VaeSpec Spec { get; }

    /// <summary>Its tensors.</summary>
    public Weights Weights { get; }

    /// <summary>Where it runs.</summary>
    public Device Device => Weights.Device;

    /// <summary>x [B, C, ...] (with c [B, W]) → parameters of q(z|x, c) [B, P·D].</summary>
    public Tensor Encode(Tensor x, Tensor? condition = null) =>
        Scoped(() => Encode(Checked(x, "x", Spec.Input), condition, training: false, step: 0));

    /// <summary>z [B, D] (with c [B, W]) → parameters of p(x|z, c) [B, P·C, ...].</summary>
    public Tensor Decode(Tensor z, Tensor? condition = null) =>
        Scoped(() => Decode(Checked(z, "z", Shape.Vector(Spec.Latent)), condition, training: false, step: 0));

    /// <summary>z [B, D] (with c [B, W]) → E[x|z, c] [B, C, ...], what a picture shows.</summary>
    public Tensor DecodeMean(Tensor z, Tensor? condition = null) =>
        Scoped(() => Likelihoods.Mean<TorchTensor>(Spec.Likelihood, Decode(z, condition)));

    /// <summary>x → its reconstruction from the posterior's mean. [B, C, ...] → [B, C, ...].</summary>
    public Tensor Reconstruct(Tensor x, Tensor? condition = null) =>
        Scoped(() => DecodeMean(Posteriors.Mean<TorchTensor>(Spec.Posterior, Encode(x, condition)), condition));

    /// <summary>Draws from the prior, decoded: [count, C, ...]; a function of the seed.</summary>
    public Tensor Sample(int count, ulong seed, Tensor? condition = null)
    {
        if (count < 0)
            throw new VaeException($"count: must be at least 0, got {count}");
        using var draws = new KeyedNoise(seed, Device);
        return Scoped(() =>
        {
            var eps = empty([count, Spec.Latent], Weights.Flat.dtype, Device);
            draws.Normal(eps, Purpose.Prior, 0);
            return DecodeMean(Priors.Sample<TorchTensor>(Spec.Prior, eps), condition);
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Programs.Dispose();
        Weights.Dispose();
        noise.Dispose();
    }

    /// <summary>Its networks compiled for evaluation.</summary>
    internal EvaluationPrograms Programs { get; }

    internal Tensor Encode(Tensor x, Tensor? condition, bool training, long step, KeyedNoise? draws = null) =>
        new Forward(Weights, draws ?? noise, training, step).Run(encoder, "encoder", EncoderInput(x, condition));

    internal Tensor Decode(Tensor z, Tensor? condition, bool training, long step, KeyedNoise? draws = null) =>
        new Forward(Weights, draws ?? noise, training, step).Run(decoder, "decoder", DecoderInput(z, condition));

    internal Tensor EncoderInput(Tensor x, Tensor? condition) => WithCondition(fedVector ? x.flatten(1) : x, condition);

    internal Tensor DecoderInput(Tensor z, Tensor? condition) => WithCondition(z, condition);

    // An intermediate that no scope holds can be finalized before the native call that reads it.
    private static Tensor Scoped(Func<Tensor> make)
    {
        using var scope = NewDisposeScope();
        return make().MoveToOuterDisposeScope();
    }

    private Tensor Checked(Tensor given, string name, Shape shape) =>
        given.dim() == shape.Dims.Count + 1 && given.shape.Skip(1).SequenceEqual(shape.Dims.Select(dim => (long)dim)) && given.dtype == Weights.Flat.dtype
            ? given
            : throw new VaeException($"{name}: must be {Weights.Flat.dtype} [B, {string.Join(", ", shape.Dims)}], got {given.dtype} [{string.Join(", ", given.shape)}]");

    // Appended to a vector; laid over an image as a channel for each value.
    private Tensor WithCondition(Tensor x, Tensor? condition)
    {
        var width = Conditions.Width(Spec.Condition);
        if (width == 0)
            return x;
        if (condition is null || condition.dim() != 2 || condition.shape[0] != x.shape[0] || condition.shape[1] != width)
            throw new VaeException($"condition: must be [{x.shape[0]}, {width}], got {(condition is null ? "none" : $"[{string.Join(", ", condition.shape)}]")}");
        return cat([x, x.dim() == 2 ? condition : condition.view(-1, width, 1, 1).expand(-1, -1, x.shape[2], x.shape[3])], 1);
    }
}
