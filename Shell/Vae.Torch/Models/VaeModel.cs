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
    private readonly ValueList<Layer> prior;
    private readonly PartNetworks parts;
    private readonly bool fedVector;

    /// <summary>The model of a spec with weights drawn from the seed; <see cref="VaeException"/> with every problem of the spec.</summary>
    public VaeModel(VaeSpec spec, ulong seed = 0, Device? device = null, ScalarType type = ScalarType.Float32, Initialization? initialization = null)
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

    /// <summary>What it is.</summary>
    public VaeSpec Spec { get; }

    /// <summary>Its tensors.</summary>
    public Weights Weights { get; }

    /// <summary>Where it runs.</summary>
    public Device Device => Weights.Device;

    /// <summary>x [B, C, ...] (with c [B, W]) → parameters of q(z|x, c) [B, P·D].</summary>
    public Tensor Encode(Tensor x, Tensor? condition = null) =>
        Scoped(() => ByRows(Checked(x, "x", Spec.Input), condition, (rows, given) => Encode(rows, given, training: false, step: 0)));

    /// <summary>z [B, D] (with c [B, W]) → parameters of p(x|z, c) [B, P·C, ...].</summary>
    public Tensor Decode(Tensor z, Tensor? condition = null) =>
        Scoped(() => ByRows(Checked(z, "z", Shape.Vector(Spec.Latent)), condition, (rows, given) => Decode(rows, given, training: false, step: 0)));

    /// <summary>z [B, D] (with c [B, W]) → E[x|z, c] [B, C, ...] without a mask, what a picture shows; values that the condition shows are as it shows them.</summary>
    public Tensor DecodeMean(Tensor z, Tensor? condition = null) => Scoped(() =>
        ByRows(Checked(z, "z", Shape.Vector(Spec.Latent)), condition, (rows, given) =>
        {
            Tensor mean = Likelihoods.Mean<TorchTensor>(Spec.Likelihood, Decode(rows, given, training: false, step: 0), State("likelihood"));
            return Counted is null ? mean : mean.mul(Counted).add(given!.reshape(mean.shape), Scalars.One);
        }));

    /// <summary>x → its reconstruction from the posterior's mean. [B, C, ...] → [B, C, ...].</summary>
    public Tensor Reconstruct(Tensor x, Tensor? condition = null) =>
        Scoped(() => DecodeMean(Posteriors.Mean<TorchTensor>(Spec.Posterior, Encode(x, condition), PosteriorState(new(condition))), condition));

    /// <summary>Draws from the prior, decoded: [count, C, ...]; a function of the seed. <see cref="VaeException"/> where the posterior is a point.</summary>
    public Tensor Sample(int count, ulong seed, Tensor? condition = null)
    {
        RequireDistribution("draws from the prior");
        if (count < 0)
            throw new VaeException($"count: must be at least 0, got {count}");
        using var draws = new KeyedNoise(seed, Device);
        return Scoped(() =>
        {
            var eps = empty([count, Spec.Prior.Formulas().Noise(Spec.Latent)], Weights.Flat.dtype, Device);
            draws.Normal(eps, Purpose.Prior, 0);
            return DecodeMean(Priors.Sample<TorchTensor>(Spec.Prior, eps, PriorState(count, new(condition))), condition);
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Programs.Dispose();
        Weights.Dispose();
        noise.Dispose();
        Counted?.Dispose();
    }

    /// <summary>Its networks compiled for evaluation.</summary>
    internal EvaluationPrograms Programs { get; }

    /// <summary>1 where the likelihood counts a value, 0 where the condition shows it, [1, C, ...]; null where all count.</summary>
    internal Tensor? Counted { get; }

    internal Tensor EncoderInput(Tensor x, Tensor? condition) =>
        new Conditioning(Spec, condition, x.shape[0]).Join(Shown(x));

    internal Tensor DecoderInput(Tensor z, RunAt at) => new Conditioning(Spec, at.Condition, z.shape[0]).Join(
        Spec.Prior.Formulas().ForDecoder<TorchTensor>(PriorState(z.shape[0], at), z));

    // Where no gradient is wanted, some rows at a time: what lies between layers stays in the cache, in memory that is used again.
    private static Tensor ByRows(Tensor x, Tensor? condition, Func<Tensor, Tensor?, Tensor> map)
    {
        var count = x.shape[0];
        if (count <= BatchSource.EvaluatedAtOnce || is_grad_enabled() || condition is not null && condition.shape[0] != count)
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

    internal Tensor Encode(Tensor x, Tensor? condition, bool training, long step, KeyedNoise? draws = null)
    {
        if (Spec.Latent == 0)
            return empty([x.shape[0], 0], x.dtype, x.device);
        var given = new Conditioning(Spec, condition, x.shape[0]);
        return new Forward(Weights, draws ?? noise, training, step, given).Run(encoder, "encoder", given.Join(Shown(x)));
    }

    // x as the likelihood shows it to the encoder, and as its first layer takes it.
    private Tensor Shown(Tensor x)
    {
        Tensor shown = Spec.Likelihood.Formulas().ForEncoder<TorchTensor>(x);
        return fedVector ? shown.flatten(1) : shown;
    }

    internal Tensor Decode(Tensor z, Tensor? condition, bool training, long step, KeyedNoise? draws = null, StepMemory? memory = null)
    {
        var given = new Conditioning(Spec, condition, z.shape[0]);
        return new Forward(Weights, draws ?? noise, training, step, given).Run(decoder, "decoder", DecoderInput(z, new RunAt(condition, training, step, draws, Memory: memory)));
    }

    /// <summary>The posterior's own tensors and networks, and those of the prior where it goes through them.</summary>
    internal PartState<TorchTensor> PosteriorState(RunAt at = default) => parts.State(
        name => Weights[name], name => name.StartsWith($"{PosteriorStates.Prior}.", StringComparison.Ordinal) ? name : $"posterior.{name}", at);

    /// <summary>A part's own tensors, by names within it.</summary>
    internal PartState<TorchTensor> State(string part, bool training = false, double epoch = 0) =>
        new(name => Weights[$"{part}.{name}"], training, epoch);

    /// <summary>The prior's own tensors, and its networks' outputs for <paramref name="count"/> examples, repeated for the samples.</summary>
    internal PartState<TorchTensor> PriorState(long count, RunAt at = default, long samples = 1)
    {
        // Networks are run where their output is asked for, and once.
        var outputs = new Lazy<TorchTensor>(() => TensorExtensions.Repeat(PriorOutputs(count, at), samples));
        // As in evaluation: statistics of a batch are those of data.
        var pseudo = new Lazy<TorchTensor>(() =>
            Encode(Weights[$"prior.{PriorStates.PseudoInputs}"], null, training: false, at.Step, at.Draws));
        return parts.State(name => name switch
        {
            $"prior.{PriorStates.Outputs}" => outputs.Value,
            $"prior.{PriorStates.PseudoOutputs}" => pseudo.Value,
            $"prior.{PriorStates.Codebook}" => Weights[$"posterior.{PriorStates.Codebook}"],
            _ => Weights[name],
        }, name => $"prior.{name}", at);
    }

    private Tensor PriorOutputs(long count, RunAt at)
    {
        var given = new Conditioning(Spec, at.Condition, count);
        return new Forward(Weights, at.Draws ?? noise, at.Training, at.Step, given)
            .Run(prior, "prior", given.Alone(Wiring.PriorInput(Spec).IsVector));
    }

    /// <summary>−ln p(x|z, c) of what the condition does not show, from the decoder's output. [B].</summary>
    internal TorchTensor NegLogLikelihood(Tensor decoded, Tensor x, bool training = false) => Counted is null
        ? Likelihoods.NegLogDensity<TorchTensor>(Spec.Likelihood, decoded, x, State("likelihood", training))
        : Likelihoods.NegLogDensityOf<TorchTensor>(Spec.Likelihood, decoded, x, Counted, State("likelihood", training));

    /// <summary>Throws, with the reason, where the posterior is a point; <paramref name="what"/> is what was asked for.</summary>
    public void RequireDistribution(string what)
    {
        if (!Posteriors.HasDensity(Spec.Posterior))
            throw new VaeException($"model.posterior: must be a distribution for {what}, got a point: an autoencoder learns no distribution of its codes");
    }

    private Tensor? Mask()
    {
        if (!Conditions.ShowsInput(Spec.Condition))
            return null;
        using var scope = NewDisposeScope();
        var seen = Array.ConvertAll(Conditions.Observed(Spec.Condition, Spec.Input).ToArray(), value => (float)(1 - value));
        return seen.ToTensor(Device, [1, .. Spec.Input.Dims.Select(dim => (long)dim)]).to(Weights.Flat.dtype).MoveToOuterDisposeScope();
    }
}
