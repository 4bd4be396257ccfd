using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>What changes from step to step.</summary>
/// <param name="Number">Steps since the run began, from 0: the key of all noise.</param>
/// <param name="LearningRate">Of this step.</param>
/// <param name="Beta">The weight of the divergence; ignored by objectives without one.</param>
/// <param name="Epoch">How far training has come, in epochs.</param>
/// <param name="Measured">Whether the loss terms are wanted: their values cost time that the gradient does not need.</param>
internal readonly record struct StepInputs(long Number, double LearningRate, double Beta, double Epoch, bool Measured);

/// <summary>
/// One step of training: noise, gradient, clipping, optimizer and average over a model's flat weights. The interpretations
/// (autograd, compiled) agree on the gradient and on the state they leave behind.
/// </summary>
internal interface ITrainingStep : IDisposable
{
    /// <summary>Trains on a batch. x: [B, ...] values ready for the likelihood; condition: [B, W] or null.</summary>
    void Run(Tensor x, Tensor? condition, StepInputs at);

    /// <summary>Networks of the objective's own, which a checkpoint keeps beside the model.</summary>
    IReadOnlyList<AuxiliaryNet> Auxiliaries => [];

    /// <summary>The loss terms summed over all examples of measured steps since the last call, with their count; resets them.</summary>
    StepTotals Collect();
}

/// <summary>Sums over examples, in nats; and how many steps were left out, measured or not.</summary>
internal readonly record struct StepTotals(double Loss, double Reconstruction, double Kl, long Examples, long Skipped = 0)
{
    /// <summary>Per example, of the terms that the model has.</summary>
    public Terms Mean(VaeSpec spec) => Terms.Create(spec, Reconstruction / Examples, Kl / Examples);

    public static StepTotals operator +(StepTotals a, StepTotals b) =>
        new(a.Loss + b.Loss, a.Reconstruction + b.Reconstruction, a.Kl + b.Kl, a.Examples + b.Examples, a.Skipped + b.Skipped);
}
