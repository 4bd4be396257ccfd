using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>
/// Chooses whether the compiled step of a run uses kernels of this library for its linear layers, activations and optimizer: where they
/// are measured to be faster for a small product, and the step consists of small products that all have kernels. So the choice, and with
/// it the bits of a run, depends on the machine and on the experiment, not on the load.
/// </summary>
internal static class KernelChoice
{
    // A layer of a small step, forward and backward: on processors where kernels pay, libtorch takes twice as long and more.
    private const int Rows = 20, Width = 200, Rounds = 30;
    private const double WorthIt = 1.4;

    // Multiplications of a step. Kernels save the time that a call takes, a dozen µs, which is lost in larger products.
    private const long LargestStep = 100_000_000;

    private static readonly Lazy<bool> AreFaster = new(() => Devices.OnOneThread(Measure));

    /// <summary>
    /// Selects the backend of products by name, as <see cref="MatmulBackends.Use"/> does, and returns its name, which says whether kernels
    /// are used; <c>auto</c> measures.
    /// </summary>
    /// <exception cref="VaeException">The name is unknown, or the machine does not offer the backend.</exception>
    public static string Matmul(Experiment experiment, Routes asked, Device device)
    {
        var name = MatmulBackends.Use(asked.Matmul).Name;
        // Ranks agree on a backend without kernels, and shards give the same bits in one process and in several.
        return asked.Matmul == "auto" && experiment.Train.Shards == 1 && device.type == DeviceType.CPU && asked.Step != StepRoute.Autograd
            && asked.Precision is Precision.Float32 or Precision.Auto
            && CompiledStep.Refusal(experiment.Model, experiment.Objective).Length == 0
            && Tiles.AreSupported && IsSmall(experiment) && AreFaster.Value ? name + MatmulBackends.Kernels : name;
    }

    /// <summary>Whether kernels cover all products of a step, and the step is small.</summary>
    public static bool IsSmall(Experiment experiment)
    {
        var batch = experiment.Train.Batch;
        // Each weight of a layer is used at least twice for each example: where that is too much, the program need not be written.
        if (2L * batch * Parameters.Count(experiment.Model) > LargestStep)
            return false;
        var statements = CompiledProgram.Compile(experiment.Model, experiment.Objective, experiment.Train, batch).Statements;
        return statements.All(statement => statement.Kernel is not null || !IsProduct(statement.Text))
            && statements.Sum(statement => statement.Kernel?.Work ?? 0) is > 0 and <= LargestStep;
    }

    private static bool IsProduct(string text) =>
        text.Contains("torch.mm(", StringComparison.Ordinal) || text.Contains("convolution", StringComparison.Ordinal);

    private static bool Measure()
    {
        using var flushed = new FlushedDenormals();
        Tensor x = zeros(Rows, Width), weight = zeros(Width, Width), bias = zeros(Width), y = zeros(Rows, Width), dw = zeros(Width, Width);
        using var script = new ScriptFunction(
            "def layer(x: Tensor, w: Tensor, wt: Tensor, b: Tensor, y: Tensor, yt: Tensor, dw: Tensor) -> None:\n"
            + "    torch.mm(x, wt, out=y).add_(b)\n    torch.mm(y, w, out=x)\n    torch.mm(yt, x, out=dw)\n",
            "layer", [x, weight, weight.t(), bias, y, y.t(), dw]);
        DenseSizes sizes = new(Rows, Width, Width);
        using KernelPart forward = new(DenseKernels.Forward("x", "w", "b", "y", sizes)!, [("x", x), ("w", weight), ("b", bias), ("y", y)]),
            ofInput = new(DenseKernels.OfInput("y", "w", "x", sizes)!, [("y", y), ("w", weight), ("x", x)]),
            ofWeight = new(DenseKernels.OfWeight("y", "x", "dw", sizes)!, [("y", y), ("x", x), ("dw", dw)]);
        double slow = double.PositiveInfinity, fast = slow;
        for (var round = 0; round < Rounds; round++)
        {
            slow = Math.Min(slow, Seconds(script.Invoke));
            fast = Math.Min(fast, Seconds(() =>
            {
                forward.Run(false);
                ofInput.Run(false);
                ofWeight.Run(false);
            }));
        }
        return slow > WorthIt * fast;
    }

    private static double Seconds(Action call)
    {
        var start = Stopwatch.GetTimestamp();
        call();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
