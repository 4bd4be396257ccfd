using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>
/// A specification made runnable: its weights, and the encoder and decoder over them. Tensors are float32 on the model's device
/// unless another type was asked for, batch axis first. Results belong to the caller's dispose scope and carry no gradient.
/// </summary>
/// <remarks>
/// Several threads may read one model at once: encoding, decoding, sampling and the measures of <see cref="Evaluator"/> give each
/// thread the result that it would get alone. Meanwhile nothing may change the weights (training, loading, writing to
/// <see cref="Weights"/>). Dispose the model after the last call has returned; later calls throw
/// <see cref="ObjectDisposedException"/>.
/// </remarks>
/// <example>
/// <code>
/// using var model = RunFolder.Open("runs/digits").LoadModel();
/// using var scope = torch.NewDisposeScope();
/// var images = model.Sample(count: 16, seed: 1);           // [16, 1, 28, 28], in [0, 1]
/// var codes = model.Encode(images);                        // [16, 2·D]: means, then log-variances
/// var restored = model.Reconstruct(images);                // [16, 1, 28, 28]
/// </code>
/// </example>
public sealed partial class VaeModel : IDisposable
{
    private readonly KeyedNoise noise;
    private readonly ValueList<Layer> encoder;
    private readonly ValueList<Layer> decoder;
    private readonly ValueList<Layer> prior;
    private readonly PartNetworks parts;
    private readonly bool fedVector;
    private volatile bool disposed;

    /// <summary>Creates the model of a specification, with initial weights drawn from the seed.</summary>
    /// <param name="spec">The model's specification.</param>
    /// <param name="seed">Seed of the initial weights; the same weights on every device.</param>
    /// <param name="device">Where the weights lie and the networks run; null for the CPU.</param>
    /// <param name="type">Type of the weights and of all inputs and results: float32 or float64.</param>
    /// <param name="initialization">Distribution of the initial weights; null for LeCun's.</param>
    /// <exception cref="VaeException">The specification has problems; the message lists them all.</exception>
    public VaeModel(
        VaeSpec spec, ulong seed = 0, Device? device = null, ScalarType type = ScalarType.Float32,
        Initialization? initialization = null)
    {
        TorchRuntime.Load();
        Weights = new(spec, seed, device, type, initialization);
        (Spec, noise) = (spec, new(seed, Weights.Device));
        (encoder, decoder) = (Wiring.EncoderLayers(spec), Wiring.DecoderLayers(spec));
        (prior, parts) = (Wiring.PriorLayers(spec), new(spec, Weights, noise));
        fedVector = Wiring.IsFedVector(spec);
        Counted = Mask()?.DetachFromDisposeScope();
        Programs = new(this);
    }

    /// <summary>The model's specification.</summary>
    public VaeSpec Spec { get; }

    /// <summary>The model's tensors.</summary>
    public Weights Weights { get; }

    /// <summary>The device of weights, inputs and results.</summary>
    public Device Device => Weights.Device;

    /// <summary>Encodes examples: x → parameters of q(z|x, c).</summary>
    /// <param name="x">Examples [B, C, ...], as the likelihood takes them.</param>
    /// <param name="condition">Conditions [B, W]; null for a model without one.</param>
    /// <returns>[B, P·D]: the P parameters of each latent, all D of one after all D of the other.</returns>
    /// <exception cref="VaeException">A tensor has another shape or type.</exception>
    /// <example>
    /// <code>
    /// var encoded = model.Encode(x);
    /// var means = encoded.narrow(1, 0, model.Spec.Latent);     // of a diagonal normal posterior
    /// </code>
    /// </example>
    public Tensor Encode(Tensor x, Tensor? condition = null) => Read(() =>
        ByRows(Checked(x, "x", Spec.Input), condition, (rows, given) => Encode(rows, given, training: false, step: 0)));

    /// <summary>Decodes codes: z → parameters of p(x|z, c).</summary>
    /// <param name="z">Codes [B, D].</param>
    /// <param name="condition">Conditions [B, W]; null for a model without one.</param>
    /// <returns>[B, P·C, ...]: logits of a Bernoulli, centres (and log-scales, where they are learned) of a normal.</returns>
    /// <exception cref="VaeException">A tensor has another shape or type.</exception>
    /// <example><code>var logits = model.Decode(torch.zeros(1, model.Spec.Latent));</code></example>
    public Tensor Decode(Tensor z, Tensor? condition = null) => Read(() =>
        ByRows(Checked(z, "z", Shape.Vector(Spec.Latent)), condition, (rows, given) => Decode(rows, given, training: false, step: 0)));

    /// <summary>Decodes codes to the mean E[x|z, c], without a mask. Values that the condition shows are copied from it.</summary>
    /// <param name="z">Codes [B, D].</param>
    /// <param name="condition">Conditions [B, W]; null for a model without one.</param>
    /// <returns>[B, C, ...], in the unit of the data.</returns>
    /// <exception cref="VaeException">A tensor has another shape or type.</exception>
    /// <example><code>var image = model.DecodeMean(torch.zeros(1, model.Spec.Latent));    // [1, C, H, W]</code></example>
    public Tensor DecodeMean(Tensor z, Tensor? condition = null) => Read(() =>
        ByRows(Checked(z, "z", Shape.Vector(Spec.Latent)), condition, (rows, given) =>
        {
            Tensor mean = Likelihoods.Mean<TorchTensor>(
                Spec.Likelihood, Decode(rows, given, training: false, step: 0), State("likelihood"));
            return Counted is null ? mean : mean.mul(Counted).add(given!.reshape(mean.shape), Scalars.One);
        }));

    /// <summary>Reconstructs examples: decodes the posterior's mean to E[x|z, c].</summary>
    /// <param name="x">Examples [B, C, ...], as the likelihood takes them.</param>
    /// <param name="condition">Conditions [B, W]; null for a model without one.</param>
    /// <returns>[B, C, ...], in the unit of the data.</returns>
    /// <exception cref="VaeException">A tensor has another shape or type.</exception>
    /// <example>
    /// <code>
    /// var error = (x - model.Reconstruct(x)).square().flatten(1).sum(1);    // [B]
    /// </code>
    /// </example>
    public Tensor Reconstruct(Tensor x, Tensor? condition = null) => Read(() => DecodeMean(
        Posteriors.Mean<TorchTensor>(Spec.Posterior, Encode(x, condition), PosteriorState(new(condition))), condition));

    /// <summary>Generates examples: draws codes from the prior and decodes each to E[x|z, c].</summary>
    /// <param name="count">Number of examples; at least 0.</param>
    /// <param name="seed">Seed of the draws: the same seed gives the same examples.</param>
    /// <param name="condition">Conditions [count, W]; null for a model without one.</param>
    /// <returns>[count, C, ...], in the unit of the data.</returns>
    /// <exception cref="VaeException">The count is negative, the condition has another shape, or the posterior is a point.</exception>
    /// <example><code>var images = model.Sample(count: 64, seed: 1);    // [64, C, H, W]</code></example>
    public Tensor Sample(int count, ulong seed, Tensor? condition = null)
    {
        RequireDistribution("draws from the prior");
        if (count < 0)
            throw new VaeException($"count: must be at least 0, got {count}");
        MemoryLimits.RequireDraws(Spec, count);
        return Read(() =>
        {
            using var draws = new KeyedNoise(seed, Device);
            var eps = empty([count, Spec.Prior.Formulas().Noise(Spec.Latent)], Weights.Flat.dtype, Device);
            draws.Normal(eps, Purpose.Prior, 0);
            return DecodeMean(Priors.Sample<TorchTensor>(Spec.Prior, eps, PriorState(count, new(condition))), condition);
        });
    }

    /// <summary>Throws unless the posterior is a distribution.</summary>
    /// <param name="what">What needs the distribution, for the message: <c>draws from the prior</c>.</param>
    /// <exception cref="VaeException">The posterior is a point.</exception>
    public void RequireDistribution(string what)
    {
        if (!Posteriors.HasDensity(Spec.Posterior))
            throw new VaeException(
                $"model.posterior: must be a distribution for {what}, got a point: an autoencoder learns no distribution of its codes");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        disposed = true;
        Programs.Dispose();
        Weights.Dispose();
        noise.Dispose();
        Counted?.Dispose();
    }

    // An intermediate that no scope holds can be finalized before the native call that reads it.
    private Tensor Read(Func<Tensor> compute)
    {
        ThrowIfDisposed();
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return compute().MoveToOuterDisposeScope();
    }

    // Some rows at a time: activations stay in the cache, in memory that is used again.
    private static Tensor ByRows(Tensor x, Tensor? condition, Func<Tensor, Tensor?, Tensor> map)
    {
        var count = x.shape[0];
        if (count <= BatchSource.EvaluatedAtOnce || condition is not null && condition.shape[0] != count)
            return map(x, condition);
        Tensor? all = null;
        for (long start = 0; start < count; start += BatchSource.EvaluatedAtOnce)
        {
            using var scope = NewDisposeScope();
            var rows = Math.Min(BatchSource.EvaluatedAtOnce, count - start);
            var part = map(x.narrow(0, start, rows), condition?.narrow(0, start, rows));
            all ??= empty([count, .. part.shape[1..]], part.dtype, part.device).MoveToOuterDisposeScope();
            all.narrow(0, start, rows).copy_(part);
        }
        return all!;
    }

    private Tensor Checked(Tensor given, string name, Shape shape) => given.dim() == shape.Dims.Count + 1
        && given.shape.Skip(1).SequenceEqual(shape.Dims.Select(dim => (long)dim)) && given.dtype == Weights.Flat.dtype
            ? given
            : throw new VaeException(
                $"{name}: must be {Weights.Flat.dtype} [B, {string.Join(", ", shape.Dims)}], "
                + $"got {given.dtype} [{string.Join(", ", given.shape)}]");
}
