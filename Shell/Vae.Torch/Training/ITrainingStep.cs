using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>The inputs of a step that change from step to step.</summary>
/// <param name="Number">Number of the step since the run began, from 0: the key of all noise.</param>
/// <param name="LearningRate">Learning rate of the step.</param>
/// <param name="Beta">KL weight β; ignored by objectives without one.</param>
/// <param name="Epoch">Training time in epochs.</param>
/// <param name="Measured">Whether the loss terms are summed: their values cost time that the gradient does not need.</param>
internal readonly record struct StepInputs(long Number, double LearningRate, double Beta, double Epoch, bool Measured);

/// <summary>
/// A training step: noise, gradient, clipping, optimizer and average over a model's flat weights. The implementations (autograd,
/// compiled) agree on the gradient and on the resulting state.
/// </summary>
internal interface ITrainingStep : IDisposable
{
    /// <summary>Trains on a batch.</summary>
    /// <param name="x">Examples [B, ...], as the likelihood takes them.</param>
    /// <param name="condition">Conditions [B, W]; null for a model without one.</param>
    /// <param name="at">The other inputs of the step.</param>
    void Run(Tensor x, Tensor? condition, StepInputs at);

    /// <summary>Trains on a batch of the training data.</summary>
    /// <param name="batches">The training data.</param>
    /// <param name="place">The index of the batch in the pass.</param>
    /// <param name="at">The other inputs of the step.</param>
    void Run(BatchSource batches, long place, StepInputs at)
    {
        using var scope = NewDisposeScope();
        var (x, condition) = batches.At(place, Purpose.Binarize, at.Number);
        Run(x, condition, at);
    }

    /// <summary>Networks that belong to the objective; a checkpoint contains them.</summary>
    IReadOnlyList<AuxiliaryNet> Auxiliaries => [];

    /// <summary>Completes the optimizer's buffers, of which other ranks may have newer parts; all ranks make this call.</summary>
    void Settle() { }

    /// <summary>Returns and resets the sums of the loss terms over the measured steps, with the number of examples.</summary>
    StepTotals Collect();
}

/// <summary>The gradient of a training step, without the update.</summary>
internal interface IGradient : IDisposable
{
    /// <summary>
    /// Writes the gradient of the mean loss over examples to the weights' gradient buffers, and adds their loss terms to <see cref="Sums"/>
    /// on a measured step.
    /// </summary>
    /// <param name="x">Examples [B, ...], as the likelihood takes them; at least one.</param>
    /// <param name="condition">Conditions [B, W]; null for a model without one.</param>
    /// <param name="at">The other inputs of the step.</param>
    void Compute(Tensor x, Tensor? condition, StepInputs at);

    /// <summary>The sums of the loss terms.</summary>
    LossSums Sums { get; }

    /// <summary>Networks of the objective that are trained by the same loss.</summary>
    IReadOnlyList<AuxiliaryNet> Auxiliaries => [];
}

/// <summary>Loss terms summed over the examples of measured steps, in nats, and the number of skipped steps, measured or not.</summary>
internal readonly record struct StepTotals(double Loss, double Reconstruction, double Kl, long Examples, long Skipped = 0)
{
    /// <summary>The mean over examples, of the terms that apply to the model.</summary>
    public Terms Mean(VaeSpec spec) => Terms.Create(spec, Reconstruction / Examples, Kl / Examples);

    public static StepTotals operator +(StepTotals a, StepTotals b) =>
        new(a.Loss + b.Loss, a.Reconstruction + b.Reconstruction, a.Kl + b.Kl, a.Examples + b.Examples, a.Skipped + b.Skipped);
}
