namespace Vae.Torch;

/// <summary>Chooses the interpretation of the training step.</summary>
internal static class TrainingSteps
{
    /// <summary>The step for a run, and the route that it takes.</summary>
    public static (ITrainingStep Step, StepRoute Route) Choose(VaeModel model, OptimizerState state, Experiment experiment, StepRoute route)
    {
        var refusal = CompiledStep.Refusal(model, experiment.Objective);
        if (route == StepRoute.Compiled && refusal.Length > 0)
            throw new VaeException($"route: compiled {refusal} (ask for autograd)");
        return route == StepRoute.Autograd || refusal.Length > 0
            ? (new AutogradStep(model, state, experiment.Objective, experiment.Train), StepRoute.Autograd)
            : (new CompiledStep(model, state, experiment.Objective, experiment.Train), StepRoute.Compiled);
    }
}
