namespace Vae.Torch;

/// <summary>How a training step is computed.</summary>
public enum StepRoute
{
    /// <summary>Compiled where the model is covered, on the CPU and on CUDA; else autograd.</summary>
    Auto,
    /// <summary>By a program made from the spec.</summary>
    Compiled,
    /// <summary>By autograd.</summary>
    Autograd,
}

/// <summary>Where and how a run happens; no part of the experiment.</summary>
/// <param name="Out">The run folder: new or empty, or with <paramref name="Resume"/> one that exists.</param>
/// <param name="Resume">Whether to go on where the folder's checkpoint stands.</param>
/// <param name="Device"><c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>.</param>
/// <param name="Threads">Of the CPU; 0 leaves it to torch.</param>
/// <param name="Route">How a step is computed.</param>
/// <param name="Matmul">How float32 matrix products are computed on the CPU: a name of <see cref="MatmulBackends.Names"/>.</param>
/// <param name="Precision">Of products: bfloat16 in the linear layers of the compiled step, TensorFloat-32 on CUDA.</param>
/// <param name="Reporter">Writes what the run shows when training ends; nothing is drawn without one. The package Vae.Pictures has <c>RunReports.Html</c>.</param>
public sealed record RunOptions(
    string Out, bool Resume = false, string Device = "cpu", int Threads = 0, StepRoute Route = StepRoute.Auto, string Matmul = "auto",
    Precision Precision = Precision.Auto, IRunReporter? Reporter = null);
