using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>An objective that sums over labels, interpreted over a model: every example goes through it with every label.</summary>
internal static class LabelSums
{
    public static LossTerms Of(VaeModel model, IObjective meaning, Tensor x, Tensor labels, StepInputs at, KeyedNoise noise, AuxiliaryNet? classifier)
    {
        var spec = model.Spec;
        long batch = x.shape[0], classes = labels.shape[1];
        var (given, each) = (TensorExtensions.Repeat(x, classes), eye(classes, classes, x.dtype, x.device).repeat_interleave(batch, 0));
        var memory = new StepMemory();
        var (posterior, q) = (spec.Posterior.Formulas(), model.PosteriorState(new(each, true, at.Number, noise, at.Epoch, memory)));
        var eps = empty([classes * batch, posterior.Noise(spec.Latent)], x.dtype, model.Device);
        noise.Normal(eps, Purpose.Posterior, at.Number);
        TorchTensor outputs = model.Encode(given, each, training: true, at.Number, noise);
        var draw = posterior.Draw(q, outputs, eps);
        var decoded = model.Decode(draw.Z, each, training: true, at.Number, noise, memory);
        var prior = model.PriorState(classes * batch, each, 1, training: true, at.Number, noise, at.Epoch, memory);
        var reconstruction = model.NegLogLikelihood(decoded, given, training: true);
        var kl = Divergences.KlAt(spec.Posterior, spec.Prior, outputs, draw, q, prior);
        TorchTensor ByClass(TorchTensor rows) => TorchTensor.Reshape(rows, (int)classes, (int)batch);
        var asked = new TrainingBatch(model, classifier, x, labels, new(outputs, draw, decoded), q, 1, at, noise, memory);
        var terms = new ObjectiveTerms<TorchTensor>(
            ByClass(reconstruction), ByClass(draw.LogDensity), ByClass(Priors.LogDensity(spec.Prior, draw.Z, prior)), ByClass(kl), at.Beta, at.Epoch, asked);
        var loss = meaning.Loss(terms);
        if (posterior.Penalty(q, outputs, draw) is { } penalty)
            loss += TorchTensor.Sum(ByClass(penalty), 0) / (int)classes;
        // What is told of an example without a label is the mean over those that it may have.
        var shares = TorchTensor.StopGradient(PartialLabels.Shares<TorchTensor>(asked.Auxiliary(x), labels));
        return new(loss, TorchTensor.Sum(shares * terms.Reconstruction, 0), TorchTensor.Sum(shares * terms.Kl, 0), null, null,
            Losses.Updates(model, posterior, q, outputs, eps, decoded, given));
    }
}
