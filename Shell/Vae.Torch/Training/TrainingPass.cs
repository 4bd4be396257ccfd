using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>The inputs of the loss that all steps of a run share.</summary>
/// <param name="Model">The trained model.</param>
/// <param name="Noise">Noise of every draw.</param>
/// <param name="Auxiliary">The objective's own network; null if it has none.</param>
/// <param name="Examples">Number of examples in the training set.</param>
internal sealed record LossContext(VaeModel Model, KeyedNoise Noise, AuxiliaryNet? Auxiliary = null, long Examples = 1);

/// <summary>The forward pass of a batch over TorchSharp tensors.</summary>
internal sealed class TrainingPass : IForwardPass<TorchTensor>
{
    private readonly VaeModel model;
    private readonly Tensor noise;
    private readonly Tensor given;
    private readonly RunAt run;
    private readonly int batch;

    /// <summary>Runs the pass with <paramref name="samples"/> draws of each example, conditioned on its own condition.</summary>
    public TrainingPass(LossContext context, Tensor x, Tensor? condition, StepInputs at, int samples)
        : this(context, x, condition, at, samples, x.shape[0])
    {
    }

    // The first rows have noise of their own, which the others repeat.
    private TrainingPass(LossContext context, Tensor x, Tensor? condition, StepInputs at, int samples, long rows)
    {
        (model, batch, RowsPerExample) = (context.Model, (int)x.shape[0], samples);
        run = new(condition, true, at.Number, context.Noise, at.Epoch, new());
        Posterior = model.Spec.Posterior.Formulas();
        State = model.PosteriorState(run);
        var drawn = empty([samples * rows, Posterior.Noise(model.Spec.Latent)], x.dtype, model.Device);
        context.Noise.Normal(drawn, Purpose.Posterior, at.Number);
        noise = TensorExtensions.Repeat(drawn, batch / rows);
        Encoded = model.Encode(x, condition, training: true, at.Number, context.Noise);
        Outputs = TensorExtensions.Repeat(Encoded, samples);
        Draw = Posterior.Draw(State, Outputs, noise);
        var each = condition is null ? null : TensorExtensions.Repeat(condition, samples);
        Decoded = model.Decode(Draw.Z, each, training: true, at.Number, context.Noise, run.Memory);
        given = TensorExtensions.Repeat(x, samples);
        Reconstruction = model.NegLogLikelihood(Decoded, given, training: true);
    }

    /// <summary>
    /// Runs the pass with every label for each example: x [B, ...], labels [B, classes]. All labels of an example share their noise, so
    /// that their losses differ by the label and not by the draw.
    /// </summary>
    public static TrainingPass OverLabels(LossContext context, Tensor x, Tensor labels, StepInputs at)
    {
        long examples = x.shape[0], classes = labels.shape[1];
        var each = eye(classes, classes, x.dtype, x.device).repeat_interleave(examples, 0);
        return new(context, TensorExtensions.Repeat(x, classes), each, at, samples: 1, examples) { RowsPerExample = (int)classes };
    }

    public VaeSpec Spec => model.Spec;

    public IPosterior Posterior { get; }

    public PartState<TorchTensor> State { get; }

    public int RowsPerExample { get; private init; }

    public TorchTensor Encoded { get; }

    public TorchTensor Outputs { get; }

    public PosteriorDraw<TorchTensor> Draw { get; }

    public Tensor Decoded { get; }

    public TorchTensor Reconstruction { get; }

    public StepMemory Memory => run.Memory!;

    public PartState<TorchTensor> Prior(int samples) => model.PriorState(batch, run, samples);

    /// <summary>New values of the tensors that are updated without a gradient, such as a codebook's moving average, by name.</summary>
    public Dictionary<string, Tensor> Updates()
    {
        using var noGrad = no_grad();
        var updates = new Dictionary<string, Tensor>();
        foreach (var (name, value) in Posterior.Updated(State, Outputs, noise))
            updates.Add($"posterior.{name}", value);
        var likelihood = model.Spec.Likelihood.Formulas();
        foreach (var (name, value) in likelihood.Updated<TorchTensor>(model.State("likelihood", training: true), Decoded, given))
            updates.Add($"likelihood.{name}", value);
        return updates;
    }
}
