using TorchSharp;

namespace Vae.Torch;

/// <summary>Chooses the implementation of the training step.</summary>
internal static class TrainingSteps
{
    /// <summary>The training step of a run, and how it computes.</summary>
    /// <exception cref="VaeException">The combination of step, precision and device is not possible.</exception>
    public static (ITrainingStep Step, StepRoute Route) Choose(
        VaeModel model, OptimizerState state, Experiment experiment, StepRoute route,
        Precision precision = Precision.Float32, CompiledHow? compiled = null)
    {
        var how = compiled ?? new();
        var taken = Route(route, model.Device.type, CompiledStep.Refusal(model.Spec, experiment.Objective));
        ThrowIfImpossible(taken, precision, model.Device.type);
        return taken == StepRoute.Autograd
            ? (new AutogradStep(model, state, experiment.Objective, experiment.Train, how.Examples), StepRoute.Autograd)
            : (new CompiledStep(model, state, experiment.Objective, experiment.Train, precision, how), StepRoute.Compiled);
    }

    /// <summary>
    /// Resolves <see cref="StepRoute.Auto"/> for a kind of device. The program on CUDA is that of the CPU with buffers on the
    /// device; only a clipping that skips steps waits for the device, since it decides on the host.
    /// </summary>
    /// <exception cref="VaeException">The compiled step was requested but does not cover the model or the device.</exception>
    public static StepRoute Route(StepRoute asked, DeviceType device, string refusal = "") => (asked, device) switch
    {
        (StepRoute.Compiled, _) when refusal.Length > 0 => throw new VaeException($"route: compiled {refusal} (ask for autograd)"),
        (StepRoute.Auto, _) when refusal.Length > 0 => StepRoute.Autograd,
        (StepRoute.Compiled, not (DeviceType.CPU or DeviceType.CUDA)) =>
            throw new VaeException($"route: compiled runs on cpu and cuda only, got {device} (ask for autograd)"),
        (StepRoute.Auto, DeviceType.CPU or DeviceType.CUDA) => StepRoute.Compiled,
        (StepRoute.Auto, _) => StepRoute.Autograd,
        _ => asked,
    };

    /// <summary>Checks that step, precision and device can be combined.</summary>
    /// <exception cref="VaeException">They cannot.</exception>
    public static void ThrowIfImpossible(StepRoute route, Precision precision, DeviceType device)
    {
        if (precision == Precision.TensorFloat32 && device != DeviceType.CUDA)
            throw new VaeException("precision: tf32 needs an NVIDIA GPU, which can round products to it (RunOptions.Device=cuda), "
                + $"got {device.ToString().ToLowerInvariant()} (ask for f32)");
        if (precision == Precision.BFloat16 && route == StepRoute.Autograd)
            throw new VaeException("precision: bf16 needs the compiled step, got autograd");
    }
}
