using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

// The passes that training and evaluation share; they record gradients where these are enabled.
public sealed partial class VaeModel
{
    /// <summary>The model's networks, compiled for evaluation.</summary>
    internal EvaluationPrograms Programs { get; }

    /// <summary>1 where the likelihood counts a value, 0 where the condition shows it, [1, C, ...]; null where all values count.</summary>
    internal Tensor? Counted { get; }

    /// <exception cref="ObjectDisposedException">The model has been disposed.</exception>
    internal void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(disposed, this);

    /// <summary>The encoder's input: x, with c concatenated. [B, ...].</summary>
    internal Tensor EncoderInput(Tensor x, Tensor? condition) =>
        new Conditioning(Spec, condition, x.shape[0]).Join(Shown(x));

    /// <summary>The decoder's input: z, with c concatenated. [B, ...].</summary>
    internal Tensor DecoderInput(Tensor z, RunAt at) => new Conditioning(Spec, at.Condition, z.shape[0]).Join(
        Spec.Prior.Formulas().ForDecoder<TorchTensor>(PriorState(z.shape[0], at), z));

    /// <summary>The encoder's output for x [B, C, ...] given c [B, W]: parameters of q(z|x, c) [B, P·D].</summary>
    internal Tensor Encode(Tensor x, Tensor? condition, bool training, long step, KeyedNoise? draws = null)
    {
        ThrowIfDisposed();
        if (Spec.Latent == 0)
            return empty([x.shape[0], 0], x.dtype, x.device);
        var given = new Conditioning(Spec, condition, x.shape[0]);
        return new Forward(Weights, draws ?? noise, training, step, given).Run(encoder, "encoder", given.Join(Shown(x)));
    }

    // x as the likelihood shows it to the encoder, and as the encoder's first layer takes it.
    private Tensor Shown(Tensor x)
    {
        Tensor shown = Spec.Likelihood.Formulas().ForEncoder<TorchTensor>(x);
        return fedVector ? shown.flatten(1) : shown;
    }

    /// <summary>The decoder's output for z [B, D] given c [B, W]: parameters of p(x|z, c) [B, P·C, ...].</summary>
    internal Tensor Decode(
        Tensor z, Tensor? condition, bool training, long step, KeyedNoise? draws = null, StepMemory? memory = null)
    {
        ThrowIfDisposed();
        var given = new Conditioning(Spec, condition, z.shape[0]);
        var input = DecoderInput(z, new RunAt(condition, training, step, draws, Memory: memory));
        return new Forward(Weights, draws ?? noise, training, step, given).Run(decoder, "decoder", input);
    }

    /// <summary>The posterior's own tensors and networks, and those of the prior where it goes through them.</summary>
    internal PartState<TorchTensor> PosteriorState(RunAt at = default) => parts.State(
        name => Weights[name],
        name => name.StartsWith($"{PosteriorStates.Prior}.", StringComparison.Ordinal) ? name : $"posterior.{name}",
        at);

    /// <summary>A component's own tensors, by their names within it.</summary>
    internal PartState<TorchTensor> State(string part, bool training = false, double epoch = 0) =>
        new(name => Weights[$"{part}.{name}"], training, epoch);

    /// <summary>
    /// The prior's own tensors, and its networks' outputs for <paramref name="count"/> examples, repeated for the samples.
    /// </summary>
    internal PartState<TorchTensor> PriorState(long count, RunAt at = default, long samples = 1)
    {
        // Networks run when their output is first asked for, once.
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

    /// <summary>−ln p(x|z, c) of the values that the condition does not show, from the decoder's output. [B]; nats.</summary>
    internal TorchTensor NegLogLikelihood(Tensor decoded, Tensor x, bool training = false) => Counted is null
        ? Likelihoods.NegLogDensity<TorchTensor>(Spec.Likelihood, decoded, x, State("likelihood", training))
        : Likelihoods.NegLogDensityOf<TorchTensor>(Spec.Likelihood, decoded, x, Counted, State("likelihood", training));

    private Tensor? Mask()
    {
        if (!Conditions.ShowsInput(Spec.Condition))
            return null;
        using var scope = NewDisposeScope();
        var seen = Array.ConvertAll(Conditions.Observed(Spec.Condition, Spec.Input).ToArray(), value => (float)(1 - value));
        return seen.ToTensor(Device, [1, .. Spec.Input.Dims.Select(dim => (long)dim)]).to(Weights.Flat.dtype).MoveToOuterDisposeScope();
    }
}
