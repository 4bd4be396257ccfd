using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>
/// The training step for every model and objective: the core's formulas over TorchSharp tensors, differentiated by autograd.
/// </summary>
internal sealed class AutogradStep : ITrainingStep, IGradient
{
    private readonly VaeModel model;
    private readonly Objective objective;
    private readonly KeyedNoise noise;
    private readonly Fused optimizer;
    private readonly OptimizerState state;
    private readonly bool skips;
    private readonly LossSums sums;
    private readonly AuxiliaryNet? auxiliary;
    private readonly LossContext context;

    public AutogradStep(VaeModel model, OptimizerState state, Objective objective, TrainSpec train, long examples = 1)
    {
        (this.model, this.objective, this.state, skips) = (model, objective, state, Clippings.Skips(train.Clipping));
        noise = new(train.Seed, model.Device);
        optimizer = new(model.Weights, state, train);
        sums = new(model.Device);
        if (objective.Formulas().Auxiliaries(model.Spec, train) is [var own, ..])
            auxiliary = new(own, train, model.Device, model.Weights.Flat.dtype);
        context = new(model, noise, auxiliary, examples);
    }

    public IReadOnlyList<AuxiliaryNet> Auxiliaries => auxiliary is null ? [] : [auxiliary];

    public LossSums Sums => sums;

    public void Compute(Tensor x, Tensor? condition, StepInputs at)
    {
        using var scope = NewDisposeScope();
        var terms = Losses.Compute(context, objective, x, condition, at);
        Differentiate(terms);
        if (at.Measured)
            Measure(terms, x.shape[0]);
    }

    public void Run(Tensor x, Tensor? condition, StepInputs at)
    {
        using var scope = NewDisposeScope();
        var terms = Losses.Compute(context, objective, x, condition, at);
        Differentiate(terms);
        optimizer.Step(at.LearningRate);
        if (auxiliary is { Spec.InTurn: false })
            auxiliary.Step(at.Epoch);
        InTurn(terms.AuxiliaryLoss, at);
        Update(terms.Updates);
        if (at.Measured)
            Measure(terms, x.shape[0]);
    }

    public StepTotals Collect() => skips ? sums.Collect() with { Skipped = state.TakeSkipped() } : sums.Collect();

    public void Dispose()
    {
        auxiliary?.Dispose();
        sums.Dispose();
        optimizer.Dispose();
        noise.Dispose();
    }

    private void Differentiate(LossTerms terms)
    {
        // Without a gradient, the native call would end the process.
        if (!terms.Loss.requires_grad)
            throw new VaeException(
                $"objective: must give a loss that depends on the model's weights, got a constant of {Objectives.Name(objective)}");
        auxiliary?.Weights.Gradient.zero_();
        model.Weights.Gradient.zero_();
        var encoder = terms.EncoderLoss is { } own ? EncoderGradient(own) : null;
        terms.Loss.mean().backward();
        if (encoder is null)
            return;
        foreach (var parameter in model.Weights.Layout.Where(IsOfEncoder))
        {
            var part = encoder.narrow(0, model.Weights.Offset(parameter.Name), parameter.Shape.Size);
            model.Weights.GradientOf(parameter.Name).copy_(part.view(model.Weights[parameter.Name].shape));
        }
    }

    // The gradient of the encoder's loss for all weights; the buffer is reset to 0 for the other loss.
    private Tensor EncoderGradient(Tensor loss)
    {
        loss.mean().backward(retain_graph: true);
        var gradient = model.Weights.Gradient.clone();
        model.Weights.Gradient.zero_();
        auxiliary?.Weights.Gradient.zero_();
        return gradient;
    }

    private static bool IsOfEncoder(Parameter parameter) => parameter.Trained
        && (parameter.Name.StartsWith("encoder.", StringComparison.Ordinal)
            || parameter.Name.StartsWith("posterior.", StringComparison.Ordinal));

    private void InTurn(Tensor? loss, StepInputs at)
    {
        if (auxiliary is null || loss is null)
            return;
        // The model's loss has left a gradient there, which does not belong to this network's loss.
        auxiliary.Weights.Gradient.zero_();
        loss.mean().backward();
        auxiliary.Step(at.Epoch);
    }

    private void Update(IReadOnlyDictionary<string, Tensor> updates)
    {
        using var noGrad = no_grad();
        foreach (var (name, value) in updates)
            model.Weights[name].copy_(value);
    }

    private void Measure(LossTerms terms, long count)
    {
        using var noGrad = no_grad();
        sums.Values.add_(stack([terms.Loss.sum(), terms.Reconstruction.sum(), terms.Kl.sum()]).to(ScalarType.Float64), Scalars.One);
        sums.Count(count);
    }
}
