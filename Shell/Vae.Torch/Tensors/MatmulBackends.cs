using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>How float32 matrix products are computed on the CPU, and why.</summary>
/// <param name="Name"><c>default</c> or <c>onednn</c>.</param>
/// <param name="Reason">For people.</param>
/// <param name="DefaultSpeed">Of libtorch's default, one thread; GFLOP/s, NaN where not measured.</param>
/// <param name="OneDnnSpeed">Of oneDNN, one thread; GFLOP/s, NaN where not measured.</param>
/// <param name="Error">Of the route in use against float64, relative in the Frobenius norm; NaN where not measured.</param>
internal sealed record MatmulBackend(string Name, string Reason, double DefaultSpeed, double OneDnnSpeed, double Error);

/// <summary>
/// Chooses between libtorch's default for float32 products (MKL) and oneDNN, which is twice as fast on some processors. The
/// switch that lets oneDNN in also permits it bfloat16, so its error is measured, and a route that rounds is refused.
/// Convolutions have a switch of their own, which stays as it is.
/// </summary>
internal static class MatmulBackends
{
    /// <summary>The names of the routes, and <c>auto</c>.</summary>
    public static ValueList<string> Names { get; } = ["auto", "default", "onednn"];

    // Known ratios lie near 1 or near 2; far from both, noise cannot turn the choice, and runs on one machine stay bit-identical.
    private const double WorthIt = 1.4;

    // float32 gives 2e-7 to 4e-7 here, bfloat16 2e-3.
    private const double TolerableError = 1e-6;

    // The products of a network 784-400 at batch 128: forward, and backward to the weights.
    private static readonly (int Rows, int Inner, int Columns)[] Sizes = [(128, 784, 400), (400, 128, 784)];

    private static readonly Lock Gate = new();
    private static MatmulBackend? chosen;

    /// <summary>The faster route that keeps float32's precision, measured once for the process in some milliseconds, and used from then on.</summary>
    public static MatmulBackend Choose()
    {
        TorchRuntime.Load();
        lock (Gate)
        {
            chosen ??= Measure();
            MatmulSwitch.Set(chosen.Name == "onednn");
            return chosen;
        }
    }

    /// <summary>
    /// Uses a route by name from now on: <c>auto</c> measures, the others are forced. A resumed run forces the route it began
    /// with, since routes differ in the last bits. <see cref="VaeException"/> for another name, or a route that is not there.
    /// </summary>
    public static MatmulBackend Use(string name)
    {
        if (!Names.Contains(name))
            throw new VaeException($"matmul: must be one of {string.Join(", ", Names)}, got {name}");
        if (name == "auto")
            return Choose();
        TorchRuntime.Load();
        if (name == "onednn" && !MatmulSwitch.Exists)
            throw new VaeException("matmul: onednn needs a libtorch whose switch for it is known (2.10.0 on Linux), got another");
        lock (Gate)
            MatmulSwitch.Set(name == "onednn");
        return new(name, "asked for", double.NaN, double.NaN, double.NaN);
    }

    private static MatmulBackend Measure()
    {
        if (!MatmulSwitch.Exists)
            return new("default", "this libtorch has no switch that is known", double.NaN, double.NaN, double.NaN);
        var threads = get_num_threads();
        // One thread: its best time hardly depends on what else the machine does.
        set_num_threads(1);
        try
        {
            using var noGrad = no_grad();
            using var scope = NewDisposeScope();
            return Compare(Trials());
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    private static MatmulBackend Compare(List<Trial> trials)
    {
        var work = Sizes.Sum(p => 2e-9 * p.Rows * p.Inner * p.Columns);
        double slow = work / trials.Sum(t => t.Default), fast = work / trials.Sum(t => t.OneDnn);
        double exact = trials.Max(t => t.DefaultError), rounded = trials.Max(t => t.OneDnnError);
        return !(rounded <= TolerableError) ? new("default", FormattableString.Invariant($"oneDNN rounds here: error {rounded:0.0e+0}"), slow, fast, exact)
            : fast < WorthIt * slow ? new("default", FormattableString.Invariant($"oneDNN is {fast / slow:0.0} times as fast, below {WorthIt}"), slow, fast, exact)
            : new("onednn", FormattableString.Invariant($"{fast / slow:0.0} times as fast as the default"), slow, fast, rounded);
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
            using var product = new ScriptFunction("def product(a: Tensor, b: Tensor, c: Tensor) -> None:\n    torch.mm(a, b, out=c)\n", "product", [a, b, c]);
            var (slow, slowError) = Timed(product, c, exact, false);
            var (fast, fastError) = Timed(product, c, exact, true);
            trials.Add(new(slow, fast, slowError, fastError));
        }
        return trials;
    }

    /// <summary>The best of a few times in seconds, and the error.</summary>
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
