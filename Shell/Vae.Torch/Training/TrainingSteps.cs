namespace Vae.Torch;

/// <summary>Chooses the interpretation of the training step.</summary>
internal static class TrainingSteps
{
    /// <summary>The step for a run, and the route that it takes.</summary>
    public static (ITrainingStep Step, StepRoute Route) Choose(
        VaeModel model, OptimizerState state, Experiment experiment, StepRoute route, Precision precision = Precision.Float32)
    {
        var refusal = CompiledStep.Refusal(model);
        if (route == StepRoute.Compiled && refusal.Length > 0)
            throw new VaeException($"route: compiled {refusal} (ask for autograd)");
        ThrowIfImpossible(refusal.Length > 0 ? StepRoute.Autograd : route, precision);
        return route == StepRoute.Autograd || refusal.Length > 0
            ? (new AutogradStep(model, state, experiment.Objective, experiment.Train), StepRoute.Autograd)
            : (new CompiledStep(model, state, experiment.Objective, experiment.Train, precision), StepRoute.Compiled);
    }

    /// <summary>Refuses a pair of routes that does not exist.</summary>
    public static void ThrowIfImpossible(StepRoute route, Precision precision)
    {
        if (precision == Precision.BFloat16 && route == StepRoute.Autograd)
            throw new VaeException("precision: bf16 needs the compiled step, got autograd");
    }
}
