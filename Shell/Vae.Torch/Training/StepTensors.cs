using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>The tensors beside the model's own that a compiled step is called with.</summary>
/// <param name="Model">What is trained.</param>
/// <param name="State">Its optimizer's.</param>
/// <param name="Sums">Of the loss terms.</param>
/// <param name="Beta">[], float64.</param>
/// <param name="Capacity">[], float64; in nats.</param>
internal sealed record StepTensors(VaeModel Model, OptimizerState State, LossSums Sums, Tensor Beta, Tensor Capacity)
{
    /// <summary>All of them by their names in a program, with a batch and its condition.</summary>
    public Dictionary<string, Tensor> ByName(Tensor x, Tensor? condition) => new()
    {
        [StepNames.X] = x,
        [StepNames.Condition] = condition ?? x,
        [StepNames.Counted] = Model.Counted ?? x,
        [StepNames.Beta] = Beta,
        [StepNames.Capacity] = Capacity,
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
