namespace Vae.Torch;

/// <summary>How a training step is computed.</summary>
public enum StepRoute
{
    /// <summary>Compiled on the CPU and on CUDA if the model and the objective are covered; else by autograd.</summary>
    Auto,
    /// <summary>By a program generated from the specification.</summary>
    Compiled,
    /// <summary>By autograd.</summary>
    Autograd,
}

/// <summary>Where and how a run is executed; not part of the experiment.</summary>
/// <param name="Out">Path of the run folder: new or empty, or with <paramref name="Resume"/> that of an existing run.</param>
/// <param name="Resume">Whether to resume from the folder's checkpoint.</param>
/// <param name="Device">The device: <c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>.</param>
/// <param name="Threads">Number of CPU threads; 0 leaves it to torch.</param>
/// <param name="Route">How a step is computed.</param>
/// <param name="Matmul">The matmul backend on the CPU: <c>auto</c>, <c>default</c> or <c>onednn</c>.</param>
/// <param name="Precision">Precision of products: bfloat16 in the linear layers of the compiled step, TensorFloat-32 on CUDA.</param>
/// <param name="Reporter">Writes a report when training ends; null for none. The package Vae.Pictures has <c>RunReports.Html</c>.</param>
/// <param name="Ranks">The processes that train together, of which this is one; null for one process. All of them make this call.</param>
/// <param name="Until">
/// The number of epochs after which the run is interrupted, to be resumed later with the same schedules; 0 for none.
/// </param>
/// <example>
/// <code>
/// var first = new RunOptions("runs/digits", Device: "cuda");
/// var continued = first with { Resume = true };
/// </code>
/// </example>
public sealed record RunOptions(
    string Out, bool Resume = false, string Device = "cpu", int Threads = 0, StepRoute Route = StepRoute.Auto, string Matmul = "auto",
    Precision Precision = Precision.Auto, IRunReporter? Reporter = null, RankGroup? Ranks = null, int Until = 0);
