using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>The loss and its terms for each example, [B], nats; and what parts' untrained tensors become after the step.</summary>
internal readonly record struct LossTerms(Tensor Loss, Tensor Reconstruction, Tensor Kl, IReadOnlyDictionary<string, Tensor> Updates);

/// <summary>An objective interpreted over a model: draws, networks and the core's formulas put together.</summary>
internal static class Losses
{
    public static LossTerms Of(VaeModel model, Objective objective, Tensor x, Tensor? condition, StepInputs at, KeyedNoise noise)
    {
        var (spec, meaning) = (model.Spec, Objectives.Meaning(objective));
        var (posterior, q) = (Posteriors.Meaning(spec.Posterior), model.State("posterior", training: true, at.Epoch));
        int samples = meaning.Samples, batch = (int)x.shape[0];
        var eps = empty([samples * batch, posterior.Noise(spec.Latent)], x.dtype, model.Device);
        noise.Normal(eps, Purpose.Posterior, at.Number);
        TorchTensor encoded = model.Encode(x, condition, training: true, at.Number, noise);
        TorchTensor outputs = Repeat(encoded, samples);
        var draw = posterior.Draw(q, outputs, eps);
        var decoded = model.Decode(draw.Z, condition is null ? null : Repeat(condition, samples), training: true, at.Number, noise);
        Tensor given = Repeat(x, samples);
        PartState<TorchTensor> Prior(int times) => model.PriorState(batch, condition, times, training: true, at.Number, noise, at.Epoch);
        var reconstruction = model.NegLogLikelihood(decoded, given, training: true);
        var terms = Terms(spec, reconstruction, draw, samples, Priors.LogDensity(spec.Prior, draw.Z, Prior(samples)), Divergences.Kl(spec.Posterior, spec.Prior, encoded, q, Prior(1)), at);
        var loss = meaning.Loss(terms);
        if (posterior.Penalty(q, outputs, draw) is { } penalty)
            loss += TorchTensor.Sum(TorchTensor.Reshape(penalty, samples, batch), 0) / samples;
        return new(loss, terms.MeanReconstruction, terms.Kl, Updates(model, posterior, q, outputs, eps, decoded, given));
    }

    private static ObjectiveTerms<TorchTensor> Terms(
        VaeSpec spec, TorchTensor reconstruction, PosteriorDraw<TorchTensor> draw, int samples, TorchTensor logPrior, TorchTensor? kl, StepInputs at)
    {
        TorchTensor ByDraw(TorchTensor rows) => TorchTensor.Reshape(rows, samples, -1);
        var (posterior, prior) = (ByDraw(draw.LogDensity), ByDraw(logPrior));
        // An autoencoder has no divergence; what is told of it as one is 0.
        var divergence = !Posteriors.HasDensity(spec.Posterior) ? 0.0 * TorchTensor.Sum(ByDraw(reconstruction), 0)
            : kl ?? TorchTensor.Sum(posterior - prior, 0) / samples;
        return new(ByDraw(reconstruction), posterior, prior, divergence, at.Beta, at.Epoch);
    }

    // What a part keeps beside the trained tensors, such as a codebook's moving average, changes without a gradient.
    private static Dictionary<string, Tensor> Updates(
        VaeModel model, IPosterior posterior, PartState<TorchTensor> q, TorchTensor outputs, Tensor eps, Tensor decoded, Tensor x)
    {
        using var gradless = no_grad();
        var updates = new Dictionary<string, Tensor>();
        foreach (var (name, value) in posterior.Updated(q, outputs, eps))
            updates.Add($"posterior.{name}", value);
        foreach (var (name, value) in Likelihoods.Meaning(model.Spec.Likelihood).Updated<TorchTensor>(model.State("likelihood", training: true), decoded, x))
            updates.Add($"likelihood.{name}", value);
        return updates;
    }

    /// <summary>[B, ...] → [samples · B, ...], sample by sample.</summary>
    public static Tensor Repeat(Tensor x, long samples) =>
        samples == 1 ? x : x.unsqueeze(0).expand([samples, .. x.shape]).reshape([samples * x.shape[0], .. x.shape[1..]]);
}
