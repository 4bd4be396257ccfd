using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>The step that covers every spec: the core's formulas over TorchSharp tensors, differentiated by autograd.</summary>
internal sealed class AutogradStep : ITrainingStep
{
    private readonly VaeModel model;
    private readonly Objective objective;
    private readonly KeyedNoise noise;
    private readonly Fused optimizer;
    private readonly OptimizerState state;
    private readonly bool skips;
    private readonly LossSums sums;

    public AutogradStep(VaeModel model, OptimizerState state, Objective objective, TrainSpec train)
    {
        (this.model, this.objective, this.state, skips) = (model, objective, state, Clippings.Skips(train.Clipping));
        noise = new(train.Seed, model.Device);
        optimizer = new(model.Weights, state, train);
        sums = new(model.Device);
    }

    public void Run(Tensor x, Tensor? condition, StepInputs at)
    {
        using var scope = NewDisposeScope();
        model.Weights.Gradient.zero_();
        var terms = Losses.Of(model, objective, x, condition, at, noise);
        // The native call would end the process.
        if (!terms.Loss.requires_grad)
            throw new VaeException($"objective: must give a loss that depends on the model's weights, got a constant of {Objectives.Name(objective)}");
        terms.Loss.mean().backward();
        optimizer.Step(at.LearningRate);
        Update(terms.Updates);
        if (at.Measured)
            Measure(terms, x.shape[0]);
    }

    public StepTotals Collect() => skips ? sums.Collect() with { Skipped = state.TakeSkipped() } : sums.Collect();

    public void Dispose()
    {
        sums.Dispose();
        optimizer.Dispose();
        noise.Dispose();
    }

    private void Update(IReadOnlyDictionary<string, Tensor> updates)
    {
        using var gradless = no_grad();
        foreach (var (name, value) in updates)
            model.Weights[name].copy_(value);
    }

    private void Measure(LossTerms terms, long count)
    {
        using var gradless = no_grad();
        sums.Values.add_(stack([terms.Loss.sum(), terms.Reconstruction.sum(), terms.Kl.sum()]).to(ScalarType.Float64), Scalars.One);
        sums.Count(count);
    }
}
