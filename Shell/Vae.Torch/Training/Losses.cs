using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>The losses of a batch.</summary>
/// <param name="Loss">The loss of each example, [B]; nats.</param>
/// <param name="Reconstruction">The reconstruction term of each example, [B]; nats.</param>
/// <param name="Kl">The KL of each example, [B]; nats.</param>
/// <param name="EncoderLoss">The loss that the encoder is trained by, [B]; null if it is <paramref name="Loss"/>.</param>
/// <param name="AuxiliaryLoss">The loss of the objective's own network, [B]; null if it has none.</param>
/// <param name="Updates">New values, by name, of tensors that are updated without a gradient.</param>
internal readonly record struct LossTerms(
    Tensor Loss, Tensor Reconstruction, Tensor Kl, Tensor? EncoderLoss, Tensor? AuxiliaryLoss, IReadOnlyDictionary<string, Tensor> Updates);

/// <summary>Computes the loss of an objective from draws, networks and the core's formulas.</summary>
internal static class Losses
{
    /// <summary>
    /// Computes the loss of a batch x [B, ...] given its condition [B, W]; some objectives pass every example through the model
    /// with every label.
    /// </summary>
    public static LossTerms Compute(LossContext context, Objective objective, Tensor x, Tensor? condition, StepInputs at)
    {
        var formulas = objective.Formulas();
        var pass = formulas.SumsOverLabels
            ? TrainingPass.OverLabels(context, x, condition!, at) : new TrainingPass(context, x, condition, at, formulas.Samples);
        var asked = new TrainingBatch(context, pass, x, condition, at);
        var terms = pass.Terms(formulas, at.Beta, at.Epoch, asked);
        var (loss, own) = (formulas.Loss(terms), formulas.EncoderLoss(terms));
        if (pass.PosteriorPenalty() is { } penalty)
        {
            loss += penalty;
            own += penalty;
        }
        var (reconstruction, kl) = formulas.SumsOverLabels
            ? OverLabels(objective, terms, asked.Auxiliary(x), condition!) : (terms.MeanReconstruction, terms.Kl);
        return new(loss, reconstruction, kl, own?.Tensor, formulas.AuxiliaryLoss(terms)?.Tensor, pass.Updates());
    }

    // An example without a label reports the expectation over its possible labels.
    private static (TorchTensor Reconstruction, TorchTensor Kl) OverLabels(
        Objective objective, ObjectiveTerms<TorchTensor> terms, TorchTensor logits, Tensor labels)
    {
        var shares = TorchTensor.StopGradient(PartialLabels.Shares<TorchTensor>(logits, labels));
        if (objective is Objective.SemiSupervised weighted)
            shares *= weighted.Weights<TorchTensor>(labels, terms.Batch.TrainingExamples);
        return (TorchTensor.Sum(shares * terms.Reconstruction, 0), TorchTensor.Sum(shares * terms.Kl, 0));
    }
}
