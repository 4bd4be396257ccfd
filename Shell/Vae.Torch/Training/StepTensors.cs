using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>The tensors that a compiled step is bound to, other than the model's own.</summary>
/// <param name="Model">The trained model.</param>
/// <param name="State">The optimizer's buffers.</param>
/// <param name="Sums">The sums of the loss terms.</param>
/// <param name="Beta">KL weight β; [], float64.</param>
internal sealed record StepTensors(VaeModel Model, OptimizerState State, LossSums Sums, Tensor Beta)
{
    /// <summary>The tensors by their names in a program, with a batch and its condition.</summary>
    public Dictionary<string, Tensor> ByName(Tensor x, Tensor? condition) => new()
    {
        [StepNames.X] = x,
        [StepNames.Condition] = condition ?? x,
        [StepNames.Counted] = Model.Counted ?? x,
        [StepNames.Beta] = Beta,
        [StepNames.LossSum] = Sums.Loss,
        [StepNames.ReconstructionSum] = Sums.Reconstruction,
        [StepNames.KlSum] = Sums.Kl,
        [StepNames.Flat] = Model.Weights.Flat,
        [StepNames.Gradient] = Model.Weights.Gradient,
        [StepNames.First] = State.First,
        [StepNames.Second] = State.Second,
        [StepNames.Steps] = State.Steps,
        [StepNames.Rate] = State.Rate,
        [StepNames.Average] = State.Average,
        [StepNames.Skipped] = State.Skipped,
    };
}
