using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>
/// The loss and its terms for each example, [B], nats; what the encoder and an objective's own network are trained by where that
/// is another loss; and what parts' untrained tensors become after the step.
/// </summary>
internal readonly record struct LossTerms(
    Tensor Loss, Tensor Reconstruction, Tensor Kl, Tensor? EncoderLoss, Tensor? AuxiliaryLoss, IReadOnlyDictionary<string, Tensor> Updates);

/// <summary>An objective interpreted over a model: draws, networks and the core's formulas put together.</summary>
internal static class Losses
{
    /// <summary>
    /// The loss of a batch x [B, ...] with its condition [B, W]; under some objectives every example goes through the model with
    /// every label.
    /// </summary>
    public static LossTerms Compute(LossContext context, Objective objective, Tensor x, Tensor? condition, StepInputs at)
    {
        var formulas = objective.Formulas();
        var pass = formulas.SumsOverLabels
            ? TrainingPass.OverLabels(context, x, condition!, at) : new TrainingPass(context, x, condition, at, formulas.Samples);
        var asked = new TrainingBatch(context, pass, x, condition, at);
        var terms = Terms(context.Model.Spec, formulas, pass, asked, at);
        var (loss, own) = (formulas.Loss(terms), formulas.EncoderLoss(terms));
        if (pass.Penalty() is { } penalty)
        {
            loss += penalty;
            own += penalty;
        }
        var (reconstruction, kl) = formulas.SumsOverLabels
            ? OverLabels(terms, asked.Auxiliary(x), condition!) : (terms.MeanReconstruction, terms.Kl);
        return new(loss, reconstruction, kl, own?.Tensor, formulas.AuxiliaryLoss(terms)?.Tensor, pass.Updates());
    }

    private static ObjectiveTerms<TorchTensor> Terms(
        VaeSpec spec, IObjective formulas, TrainingPass pass, TrainingBatch asked, StepInputs at)
    {
        var reconstruction = pass.ByRow(pass.Reconstruction);
        var posterior = pass.ByRow(formulas.DetachesPosterior ? pass.DetachedLogDensity() : pass.Draw.LogDensity);
        var prior = pass.ByRow(Priors.LogDensity(spec.Prior, pass.Draw.Z, pass.Prior(formulas.SumsOverLabels ? 1 : pass.RowsPerExample)));
        var kl = formulas.SumsOverLabels
            ? pass.ByRow(Divergences.KlAt(spec.Posterior, spec.Prior, pass.Outputs, pass.Draw, pass.State, pass.Prior()))
            : Divergences.Kl(spec.Posterior, spec.Prior, pass.Encoded, pass.State, pass.Prior())
                ?? (asked.KlPerLatentOfDraws is { } each ? TorchTensor.SumEvent(each) : default(TorchTensor?));
        // An autoencoder has no divergence and reports 0.
        var divergence = !Posteriors.HasDensity(spec.Posterior) && !formulas.SumsOverLabels ? 0.0 * TorchTensor.Sum(reconstruction, 0)
            : kl ?? TorchTensor.Sum(posterior - prior, 0) / pass.RowsPerExample;
        return new(reconstruction, posterior, prior, divergence, at.Beta, at.Epoch, asked);
    }

    // An example without a label reports the mean over the labels that it may have.
    private static (TorchTensor Reconstruction, TorchTensor Kl) OverLabels(
        ObjectiveTerms<TorchTensor> terms, TorchTensor logits, Tensor labels)
    {
        var shares = TorchTensor.StopGradient(PartialLabels.Shares<TorchTensor>(logits, labels));
        return (TorchTensor.Sum(shares * terms.Reconstruction, 0), TorchTensor.Sum(shares * terms.Kl, 0));
    }
}
