using System.Diagnostics;
using static TorchSharp.torch;

namespace Vae.Benchmarks;

/// <summary>One measured size.</summary>
/// <param name="Size">Of what the axis counts.</param>
/// <param name="Microseconds">An image, training.</param>
internal sealed record ScalingPoint(int Size, double Microseconds);

/// <summary>How the cost of an image grows along one size, all others as they are.</summary>
internal sealed record ScalingCurve(string Title, string Axis, ValueList<ScalingPoint> Points);

/// <summary>Trains for a moment at each of many sizes.</summary>
internal static class Scaling
{
    private const double SecondsPerVisit = 0.2;
    private const int FewestSteps = 3, Visits = 5;

    private sealed record Plan(string Title, string Axis, int[] Sizes, Func<int, VaeSpec> Spec, Func<int, int> Batch);

    private static readonly Plan[] Plans =
    [
        new("Batch", "images a step, 784-400-20-400-784", [16, 32, 64, 128, 256, 512, 1024, 2048, 4096],
            _ => Zoo.Mlp(Match.Image), size => size),
        new("Width", "hidden units, batch 128", [64, 128, 256, 512, 1024, 2048, 4096],
            size => Zoo.Mlp(Match.Image, hidden: size), _ => 128),
        new("Latent", "latent values, batch 128", [2, 8, 32, 128, 512], size => Zoo.Mlp(Match.Image, latent: size), _ => 128),
        new("Image, linear layers", "pixels a side, batch 128", [28, 40, 56, 80, 112, 128],
            size => Zoo.Mlp(Shape.Image(1, size, size)), _ => 128),
        new("Image, convolutions", "pixels a side, batch 32", [28, 40, 56, 80, 112, 128],
            size => Zoo.Conv(Shape.Image(1, size, size)), _ => 32),
    ];

    /// <summary>Prints the table; with a folder, draws the picture and renews the README's table there.</summary>
    public static int Run(string? folder, int threads)
    {
        if (folder is not null && !Directory.Exists(folder))
            throw new VaeException($"--out: must be a folder that is there, got {folder}");
        TorchRuntime.Load();
        set_num_threads(threads);
        var route = MatmulBackends.Choose();
        Console.WriteLine($"{threads} threads, {Environment.ProcessorCount} cores, {route.Name} products");
        var curves = ValueList.From(Plans.Select(Curve));
        var table = ScalingTable.Markdown(curves);
        Console.WriteLine($"\n{table}");
        if (folder is not null)
        {
            ScalingPicture.Draw(curves).Save(Path.Combine(folder, "scaling.png"));
            ScalingTable.Renew(Path.Combine(folder, "README.md"), table);
        }
        return 0;
    }

    // Other load comes in bursts longer than a visit: sizes take turns, and the best visit counts.
    private static ScalingCurve Curve(Plan plan)
    {
        var best = plan.Sizes.ToDictionary(size => size, _ => double.PositiveInfinity);
        for (var visit = 0; visit < Visits; visit++)
            foreach (var size in plan.Sizes)
                best[size] = Math.Min(best[size], Microseconds(plan.Spec(size), plan.Batch(size)));
        Console.WriteLine($"{plan.Title} measured");
        return new(plan.Title, plan.Axis, ValueList.From(plan.Sizes.Select(size => new ScalingPoint(size, best[size]))));
    }

    private static double Microseconds(VaeSpec spec, int batch)
    {
        var pixels = new byte[2L * batch * spec.Input.Size];
        new Random(1).NextBytes(pixels);
        using var training = new OurTraining(spec, Objectives.Elbo,
            Dataset.Create("noise", spec.Input, Pixels.OfBytes(pixels), Array.Empty<int>(), []), batch, StepRoute.Auto);
        // The first steps compile, and find their memory.
        training.Step();
        training.Step();
        var times = new List<double>();
        var start = Stopwatch.GetTimestamp();
        while (times.Count < FewestSteps || Stopwatch.GetElapsedTime(start).TotalSeconds < SecondsPerVisit)
        {
            var from = Stopwatch.GetTimestamp();
            training.Step();
            times.Add(Stopwatch.GetElapsedTime(from).TotalMicroseconds / batch);
        }
        return Figures.Median(times);
    }
}
