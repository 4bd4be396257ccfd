namespace Vae.Torch;

/// <summary>Chooses the interpretation of the training step.</summary>
internal static class TrainingSteps
{
    /// <summary>The step for a run, and its name for people.</summary>
    public static (ITrainingStep Step, string Route) Choose(VaeModel model, OptimizerState state, Experiment experiment, StepRoute route)
    {
        var refusal = CompiledStep.Refusal(model, experiment.Objective);
        if (route == StepRoute.Compiled && refusal.Length > 0)
            throw new VaeException($"route: compiled {refusal} (ask for autograd)");
        return route == StepRoute.Autograd || refusal.Length > 0
            ? (new AutogradStep(model, state, experiment.Objective, experiment.Train), "autograd")
            : (new CompiledStep(model, state, experiment.Objective, experiment.Train), "compiled");
    }
}
