using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>The backend of float32 matrix products on the CPU, and why it was chosen.</summary>
/// <param name="Name"><c>default</c> or <c>onednn</c>, with <c>+kernels</c> where compiled steps run kernels of this library.</param>
/// <param name="Reason">Why it was chosen, as a text for display.</param>
/// <param name="DefaultSpeed">Speed of libtorch's default on one thread; GFLOP/s, NaN if not measured.</param>
/// <param name="OneDnnSpeed">Speed of oneDNN on one thread; GFLOP/s, NaN if not measured.</param>
/// <param name="Error">Error of the chosen backend against float64, relative in the Frobenius norm; NaN if not measured.</param>
internal sealed record MatmulBackend(string Name, string Reason, double DefaultSpeed, double OneDnnSpeed, double Error);

/// <summary>
/// Chooses between libtorch's default for float32 products (MKL) and oneDNN, which is twice as fast on some processors. The
/// setting that selects oneDNN also permits it to round to bfloat16, so its error is measured, and it is refused if it rounds.
/// Convolutions have another setting, which stays as it is.
/// </summary>
internal static class MatmulBackends
{
    /// <summary>The names of the backends, and <c>auto</c>.</summary>
    public static ValueList<string> Names { get; } = ["auto", "default", "onednn"];

    /// <summary>The names of what a run may have begun with.</summary>
    public static ValueList<string> Recorded { get; } = [.. Names, .. Names.Skip(1).Select(name => name + Kernels)];

    /// <summary>The end of the names of those with which compiled steps run kernels of this library.</summary>
    public const string Kernels = "+kernels";

    /// <summary>Whether compiled steps run kernels with a backend.</summary>
    public static bool WithKernels(string name) => name.EndsWith(Kernels, StringComparison.Ordinal);

    // Ratios seen lie near 1 or near 2. A threshold far from both keeps the choice, and so the bits of a run, free of noise.
    private const double WorthIt = 1.4;

    // float32 gives 2e-7 to 4e-7 here, bfloat16 2e-3.
    private const double TolerableError = 1e-6;

    // The products of a layer 784 → 400 at batch size 128: forward, and backward to the weights.
    private static readonly (int Rows, int Inner, int Columns)[] Sizes = [(128, 784, 400), (400, 128, 784)];

    private static readonly Lock Gate = new();
    private static MatmulBackend? chosen;

    /// <summary>Selects the faster backend that keeps float32's precision, measured once per process in some milliseconds.</summary>
    public static MatmulBackend Choose()
    {
        TorchRuntime.Load();
        lock (Gate)
        {
            chosen ??= Measure();
            MatmulSwitch.Set(IsOneDnn(chosen.Name));
            return chosen;
        }
    }

    /// <summary>
    /// Selects a backend by name for the whole process; <c>auto</c> measures. A resumed run selects the backend that it began
    /// with, since backends differ in the last bits.
    /// </summary>
    /// <exception cref="VaeException">The name is unknown, or this libtorch does not offer the backend.</exception>
    public static MatmulBackend Use(string name)
    {
        if (!Recorded.Contains(name))
            throw new VaeException($"matmul: must be one of {string.Join(", ", Recorded)}, got {name}");
        if (name == "auto")
            return Choose();
        TorchRuntime.Load();
        if (WithKernels(name) && !Tiles.AreSupported)
            throw new VaeException($"matmul: {name} needs a processor with AVX-512, got one without "
                + "(ask for default: the last bits will be others)");
        if (IsOneDnn(name) && !MatmulSwitch.Exists)
            throw new VaeException($"matmul: {name} needs libtorch 2.10.0 on Linux, got another");
        lock (Gate)
            MatmulSwitch.Set(IsOneDnn(name));
        return new(name, "asked for", double.NaN, double.NaN, double.NaN);
    }

    private static bool IsOneDnn(string name) => name.StartsWith("onednn", StringComparison.Ordinal);

    private static MatmulBackend Measure() => MatmulSwitch.Exists ? Devices.OnOneThread(() => Compare(Trials()))
        : new("default", "this libtorch offers no choice", double.NaN, double.NaN, double.NaN);

    private static MatmulBackend Compare(List<Trial> trials)
    {
        var work = Sizes.Sum(p => 2e-9 * p.Rows * p.Inner * p.Columns);
        double slow = work / trials.Sum(t => t.Default), fast = work / trials.Sum(t => t.OneDnn);
        double exact = trials.Max(t => t.DefaultError), rounded = trials.Max(t => t.OneDnnError);
        var ratio = FormattableString.Invariant($"{fast / slow:0.0} times as fast");
        return !(rounded <= TolerableError)
                ? new("default", FormattableString.Invariant($"oneDNN rounds here: error {rounded:0.0e+0}"), slow, fast, exact)
            : fast < WorthIt * slow ? new("default", FormattableString.Invariant($"oneDNN is {ratio}, below {WorthIt}"), slow, fast, exact)
            : new("onednn", $"{ratio} as the default", slow, fast, rounded);
    }

    private sealed record Trial(double Default, double OneDnn, double DefaultError, double OneDnnError);

    private static List<Trial> Trials()
    {
        using var noise = new KeyedNoise(0, CPU);
        var trials = new List<Trial>();
        foreach (var (rows, inner, columns) in Sizes)
        {
            Tensor a = empty(rows, inner), b = empty(inner, columns), c = empty(rows, columns);
            noise.Normal(a, Purpose.Evaluate, 0);
            noise.Normal(b, Purpose.Evaluate, 1);
            var exact = mm(a.to(ScalarType.Float64), b.to(ScalarType.Float64));
            using var product = new ScriptFunction(
                "def product(a: Tensor, b: Tensor, c: Tensor) -> None:\n    torch.mm(a, b, out=c)\n", "product", [a, b, c]);
            var (slow, slowError) = Timed(product, c, exact, false);
            var (fast, fastError) = Timed(product, c, exact, true);
            trials.Add(new(slow, fast, slowError, fastError));
        }
        return trials;
    }

    /// <summary>The best of a few times in seconds, and the relative error.</summary>
    private static (double Seconds, double Error) Timed(ScriptFunction product, Tensor c, Tensor exact, bool oneDnn)
    {
        MatmulSwitch.Set(oneDnn);
        product.Invoke();
        var best = Enumerable.Range(0, 6).Min(_ =>
        {
            var start = Stopwatch.GetTimestamp();
            product.Invoke();
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        });
        return (best, (c.to(ScalarType.Float64) - exact).norm().ToDouble() / exact.norm().ToDouble());
    }
}
