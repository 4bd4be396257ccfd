using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>
/// The loss and its terms for each example, [B], nats; what the encoder and an objective's own network are trained by where that
/// is another loss; and what parts' untrained tensors become after the step.
/// </summary>
internal readonly record struct LossTerms(
    Tensor Loss, Tensor Reconstruction, Tensor Kl, Tensor? EncoderLoss, Tensor? AuxiliaryLoss, IReadOnlyDictionary<string, Tensor> Updates);

/// <summary>Examples on their way through a model: what the encoder gives, draws of it, and what the decoder gives for them.</summary>
internal readonly record struct Encoded(TorchTensor Outputs, PosteriorDraw<TorchTensor> Draw, Tensor Decoded);

/// <summary>An objective interpreted over a model: draws, networks and the core's meaning put together.</summary>
internal static class Losses
{
    public static LossTerms Of(
        VaeModel model, Objective objective, Tensor x, Tensor? condition, StepInputs at, KeyedNoise noise, AuxiliaryNet? auxiliary = null, long examples = 1)
    {
        var meaning = objective.Formulas();
        return meaning.SumsOverLabels
            ? LabelSums.Of(model, meaning, x, condition!, at, noise, auxiliary)
            : Of(model, meaning, x, condition, at, noise, auxiliary, examples);
    }

    private static LossTerms Of(
        VaeModel model, IObjective meaning, Tensor x, Tensor? condition, StepInputs at, KeyedNoise noise, AuxiliaryNet? auxiliary, long examples)
    {
        var spec = model.Spec;
        var memory = new StepMemory();
        var (posterior, q) = (spec.Posterior.Formulas(), model.PosteriorState(new(condition, true, at.Number, noise, at.Epoch, memory)));
        int samples = meaning.Samples, batch = (int)x.shape[0];
        var eps = empty([samples * batch, posterior.Noise(spec.Latent)], x.dtype, model.Device);
        noise.Normal(eps, Purpose.Posterior, at.Number);
        TorchTensor encoded = model.Encode(x, condition, training: true, at.Number, noise);
        TorchTensor outputs = TensorExtensions.Repeat(encoded, samples);
        var draw = posterior.Draw(q, outputs, eps);
        var decoded = model.Decode(draw.Z, condition is null ? null : TensorExtensions.Repeat(condition, samples), training: true, at.Number, noise, memory);
        Tensor given = TensorExtensions.Repeat(x, samples);
        PartState<TorchTensor> Prior(int times) => model.PriorState(batch, condition, times, training: true, at.Number, noise, at.Epoch, memory);
        var reconstruction = model.NegLogLikelihood(decoded, given, training: true);
        var asked = new TrainingBatch(model, auxiliary, x, condition, new(encoded, draw, decoded), q, examples, at, noise, memory);
        var held = meaning.HoldsPosterior ? Held(posterior, q, outputs, draw.Z) : draw.LogDensity;
        var terms = Terms(
            spec, asked, reconstruction, held, samples, Priors.LogDensity(spec.Prior, draw.Z, Prior(samples)),
            Divergences.Kl(spec.Posterior, spec.Prior, encoded, q, Prior(1)) ?? (asked.KlPerLatentOfDraws is { } each ? TorchTensor.SumEvent(each) : default(TorchTensor?)), at);
        var (loss, own) = (meaning.Loss(terms), meaning.EncoderLoss(terms));
        if (posterior.Penalty(q, outputs, draw) is { } penalty)
        {
            var mean = TorchTensor.Sum(TorchTensor.Reshape(penalty, samples, batch), 0) / samples;
            loss += mean;
            own += mean;
        }
        return new(loss, terms.MeanReconstruction, terms.Kl, own?.Tensor, meaning.AuxiliaryLoss(terms)?.Tensor,
            Updates(model, posterior, q, outputs, eps, decoded, given));
    }

    // ln q(z|x) as a function of z alone, its parameters held fixed.
    private static TorchTensor Held(IPosterior posterior, PartState<TorchTensor> state, TorchTensor outputs, TorchTensor z) =>
        posterior.LogDensity(state.Held, TorchTensor.StopGradient(outputs), z)
        ?? throw new VaeException($"objective.gradient: must be total with a posterior that knows ln q(z|x) at its own draws alone, got {posterior.Name}");

    private static ObjectiveTerms<TorchTensor> Terms(
        VaeSpec spec, TrainingBatch asked, TorchTensor reconstruction, TorchTensor logPosterior, int samples, TorchTensor logPrior, TorchTensor? kl, StepInputs at)
    {
        TorchTensor ByDraw(TorchTensor rows) => TorchTensor.Reshape(rows, samples, -1);
        var (posterior, prior) = (ByDraw(logPosterior), ByDraw(logPrior));
        // An autoencoder has no divergence; what is told of it as one is 0.
        var divergence = !Posteriors.HasDensity(spec.Posterior) ? 0.0 * TorchTensor.Sum(ByDraw(reconstruction), 0)
            : kl ?? TorchTensor.Sum(posterior - prior, 0) / samples;
        return new(ByDraw(reconstruction), posterior, prior, divergence, at.Beta, at.Epoch, asked);
    }

    // What a part keeps beside the trained tensors, such as a codebook's moving average, changes without a gradient.
    internal static Dictionary<string, Tensor> Updates(
        VaeModel model, IPosterior posterior, PartState<TorchTensor> q, TorchTensor outputs, Tensor eps, Tensor decoded, Tensor x)
    {
        using var gradless = no_grad();
        var updates = new Dictionary<string, Tensor>();
        foreach (var (name, value) in posterior.Updated(q, outputs, eps))
            updates.Add($"posterior.{name}", value);
        foreach (var (name, value) in model.Spec.Likelihood.Formulas().Updated<TorchTensor>(model.State("likelihood", training: true), decoded, x))
            updates.Add($"likelihood.{name}", value);
        return updates;
    }
}
