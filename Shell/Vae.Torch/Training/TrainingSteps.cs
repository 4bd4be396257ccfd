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
        ThrowIfImpossible(taken, precision, model.Device.type);
        return taken == StepRoute.Autograd
            ? (new AutogradStep(model, state, experiment.Objective, experiment.Train, examples), StepRoute.Autograd)
            : (new CompiledStep(model, state, experiment.Objective, experiment.Train, precision), StepRoute.Compiled);
    }

    /// <summary>
    /// The route that is taken on a kind of device. On CUDA the program is the same: its buffers lie there, and nothing in it
    /// waits for the device but a clipping that skips, which decides on the host.
    /// </summary>
    public static StepRoute Route(StepRoute asked, DeviceType device, string refusal = "") => (asked, device) switch
    {
        (StepRoute.Compiled, _) when refusal.Length > 0 => throw new VaeException($"route: compiled {refusal} (ask for autograd)"),
        (StepRoute.Auto, _) when refusal.Length > 0 => StepRoute.Autograd,
        (StepRoute.Compiled, not (DeviceType.CPU or DeviceType.CUDA)) => throw new VaeException($"route: compiled runs on cpu and cuda only, got {device} (ask for autograd)"),
        (StepRoute.Auto, DeviceType.CPU or DeviceType.CUDA) => StepRoute.Compiled,
        (StepRoute.Auto, _) => StepRoute.Autograd,
        _ => asked,
    };

    /// <summary>Refuses what does not exist together.</summary>
    public static void ThrowIfImpossible(StepRoute route, Precision precision, DeviceType device)
    {
        if (precision == Precision.TensorFloat32 && device != DeviceType.CUDA)
            throw new VaeException($"precision: tf32 needs an NVIDIA GPU, whose products can round so (--device cuda), got {device.ToString().ToLowerInvariant()} (ask for f32)");
        if (precision == Precision.BFloat16 && route == StepRoute.Autograd)
            throw new VaeException("precision: bf16 needs the compiled step, got autograd");
    }
}
