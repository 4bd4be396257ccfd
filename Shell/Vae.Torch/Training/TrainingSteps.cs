using TorchSharp;

namespace Vae.Torch;

/// <summary>Chooses the interpretation of the training step.</summary>
internal static class TrainingSteps
{
    /// <summary>The step for a run, and the route that it takes.</summary>
    public static (ITrainingStep Step, StepRoute Route) Choose(
        VaeModel model, OptimizerState state, Experiment experiment, StepRoute route, Precision precision = Precision.Float32, long examples = 1)
    {
        var taken = Route(route, model.Device.type, CompiledStep.Refusal(model.Spec, experiment.Objective));
        ThrowIfImpossible(taken, precision);
        return taken == StepRoute.Autograd
            ? (new AutogradStep(model, state, experiment.Objective, experiment.Train, examples), StepRoute.Autograd)
            : (new CompiledStep(model, state, experiment.Objective, experiment.Train, precision), StepRoute.Compiled);
    }

    /// <summary>
    /// The route that is taken on a kind of device. The compiled step is covered by tests on the CPU; on CUDA, where it is
    /// the same program, it is taken when it is asked for.
    /// </summary>
    public static StepRoute Route(StepRoute asked, DeviceType device, string refusal = "") => (asked, device) switch
    {
        (StepRoute.Compiled, _) when refusal.Length > 0 => throw new VaeException($"route: compiled {refusal} (ask for autograd)"),
        (StepRoute.Auto, _) when refusal.Length > 0 => StepRoute.Autograd,
        (StepRoute.Compiled, not (DeviceType.CPU or DeviceType.CUDA)) => throw new VaeException($"route: compiled runs on cpu and cuda only, got {device} (ask for autograd)"),
        (StepRoute.Auto, DeviceType.CPU) => StepRoute.Compiled,
        (StepRoute.Auto, _) => StepRoute.Autograd,
        _ => asked,
    };

    /// <summary>Refuses a pair of routes that does not exist.</summary>
    public static void ThrowIfImpossible(StepRoute route, Precision precision)
    {
        if (precision == Precision.BFloat16 && route == StepRoute.Autograd)
            throw new VaeException("precision: bf16 needs the compiled step, got autograd");
    }
}
