using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>The loss and its terms for each example; [B], nats.</summary>
internal readonly record struct LossTerms(Tensor Loss, Tensor Reconstruction, Tensor Kl);

/// <summary>An objective interpreted over a model: draws, networks and the core's formulas put together.</summary>
internal static class Losses
{
    public static LossTerms Of(VaeModel model, Objective objective, Tensor x, Tensor? condition, StepInputs at, KeyedNoise noise)
    {
        var samples = objective.Match(elbo: _ => 1, importanceWeighted: i => i.Samples, reconstruction: _ => 1);
        var eps = empty([samples * x.shape[0], model.Spec.Latent], x.dtype, model.Device);
        noise.Normal(eps, Purpose.Posterior, at.Number);
        return objective.Match(
            elbo: _ => Elbo(model, x, condition, eps, at, noise),
            importanceWeighted: i => ImportanceWeighted(model, i.Samples, x, condition, eps, at, noise),
            reconstruction: _ => Reconstruction(model, x, condition, eps, at, noise));
    }

    private static LossTerms Reconstruction(VaeModel model, Tensor x, Tensor? condition, Tensor eps, StepInputs at, KeyedNoise noise)
    {
        TorchTensor parameters = model.Encode(x, condition, training: true, at.Number, noise);
        TorchTensor z = Posteriors.Sample<TorchTensor>(model.Spec.Posterior, parameters, eps);
        var reconstruction = model.NegLogLikelihood(model.Decode(z, condition, training: true, at.Number, noise), x);
        // What is no term of the loss is told all the same, where there is such a thing.
        TorchTensor kl = Posteriors.HasDensity(model.Spec.Posterior) ? Kl(model, parameters, Prior(model, condition, at, noise, x.shape[0])) : 0.0 * reconstruction;
        return new(reconstruction, reconstruction, kl);
    }

    private static TorchTensor Prior(VaeModel model, Tensor? condition, StepInputs at, KeyedNoise noise, long count) =>
        model.PriorParameters(count, condition, training: true, at.Number, noise);

    private static TorchTensor Kl(VaeModel model, TorchTensor parameters, TorchTensor prior) =>
        Divergences.Kl(model.Spec.Posterior, model.Spec.Prior, parameters, prior);

    private static LossTerms Elbo(VaeModel model, Tensor x, Tensor? condition, Tensor eps, StepInputs at, KeyedNoise noise)
    {
        var terms = Reconstruction(model, x, condition, eps, at, noise);
        return terms with { Loss = Bounds.NegElbo<TorchTensor>(terms.Reconstruction, terms.Kl, at.Beta) };
    }

    private static LossTerms ImportanceWeighted(
        VaeModel model, int samples, Tensor x, Tensor? condition, Tensor eps, StepInputs at, KeyedNoise noise)
    {
        var spec = model.Spec;
        var batch = (int)x.shape[0];
        TorchTensor parameters = model.Encode(x, condition, training: true, at.Number, noise);
        TorchTensor many = Repeat(parameters, samples);
        TorchTensor z = Posteriors.Sample<TorchTensor>(spec.Posterior, many, eps);
        var decoded = model.Decode(z, condition is null ? null : Repeat(condition, samples), training: true, at.Number, noise);
        var reconstruction = model.NegLogLikelihood(decoded, Repeat(x, samples));
        var prior = Prior(model, condition, at, noise, batch);
        var weights = -reconstruction - Divergences.MonteCarloKl<TorchTensor>(spec.Posterior, spec.Prior, many, Repeat(prior, samples), z);
        var loss = -Bounds.ImportanceWeighted(TorchTensor.Reshape(weights, samples, batch));
        var meanReconstruction = TorchTensor.Sum(TorchTensor.Reshape(reconstruction, samples, batch), 0) / samples;
        return new(loss, meanReconstruction, Kl(model, parameters, prior));
    }

    /// <summary>[B, ...] → [samples · B, ...], sample by sample.</summary>
    public static Tensor Repeat(Tensor x, long samples) =>
        x.unsqueeze(0).expand([samples, .. x.shape]).reshape([samples * x.shape[0], .. x.shape[1..]]);
}
