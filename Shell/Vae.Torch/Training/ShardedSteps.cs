using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>Chooses the training step of a run that may be divided into shards.</summary>
internal static class ShardedSteps
{
    /// <summary>The step, and how it computes: one for the whole batch, or the shards of this rank.</summary>
    /// <param name="model">The model.</param>
    /// <param name="state">The optimizer's buffers.</param>
    /// <param name="experiment">The experiment.</param>
    /// <param name="asked">Step, products and precision.</param>
    /// <param name="examples">Number of training examples.</param>
    /// <param name="ranks">The ranks.</param>
    /// <exception cref="VaeException">The combination of step, precision, device and ranks is not possible.</exception>
    public static (ITrainingStep Step, StepRoute Route) Choose(
        VaeModel model, OptimizerState state, Experiment experiment, Routes asked, long examples, RankGroup ranks)
    {
        var (train, objective, kernels) = (experiment.Train, experiment.Objective, MatmulBackends.WithKernels(asked.Matmul));
        if (train.Shards == 1)
            return TrainingSteps.Choose(model, state, experiment, asked.Step, asked.Precision, new(examples, Kernels: kernels));
        var route = TrainingSteps.Route(asked.Step, model.Device.type, CompiledStep.Refusal(model.Spec, objective));
        TrainingSteps.ThrowIfImpossible(route, asked.Precision, model.Device.type);
        IGradient gradient = route == StepRoute.Autograd
            ? new AutogradStep(model, state, objective, train, examples)
            : new CompiledStep(model, state, objective, train, asked.Precision, new(examples, Updates: false, kernels));
        return (new ShardedStep(model, state, gradient, train, ranks), route);
    }
}
