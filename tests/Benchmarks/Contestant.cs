using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using static TorchSharp.torch;

namespace Vae.Benchmarks;

/// <summary>What a contestant says once it has done its first step.</summary>
/// <param name="FirstStep">From the start of its process to the end of its first step, without making the data; seconds.</param>
/// <param name="Matmul">The route of its matrix products.</param>
internal sealed record Ready(double FirstStep, string Matmul);

/// <summary>What a contestant did in one turn.</summary>
/// <param name="Steps">≥ 1.</param>
/// <param name="Seconds">That all of them took.</param>
/// <param name="Allocated">Managed bytes, by all threads.</param>
/// <param name="Resident">Bytes of the process in memory at the end.</param>
internal sealed record Turn(long Steps, double Seconds, long Allocated, long Resident);

/// <summary>
/// The side of the process that does the steps: a turn for every line of standard input that says how many seconds it lasts.
/// Each contestant has a process of its own, so that none pays for the memory of another.
/// </summary>
internal static class Contestant
{
    public const string Command = "contestant";
    public const string Ours = "ours", Baseline = "baseline", Floor = "roofline";

    /// <summary>The baseline with the settings of this library.</summary>
    public const string Settled = "baseline-tuned";

    // Of ours some steps are measured, as in training: a turn has its share of them.
    private const int Block = Timetable.MeasureEvery;

    // As many as MNIST has.
    private const int Count = 60_000;

    public static int Serve(string[] args)
    {
        var given = new Arguments(args, ["--model", "--who", "--threads", "--route"], []);
        var match = Match.Find(given.Text("--model") ?? "");
        var making = Stopwatch.GetTimestamp();
        var pixels = Digits(match.Spec.Input);
        var made = Stopwatch.GetElapsedTime(making);
        TorchRuntime.Load();
        set_num_threads(given.Threads());
        var who = given.Text("--who");
        // What a user of TorchSharp gets without doing anything, against what the library sees to.
        var matmul = who is not null && who.StartsWith(Baseline, StringComparison.Ordinal) ? MatmulBackends.Use("default")
            : MatmulBackends.Choose();
        var (step, products) = Step(who, match, pixels, PairedOptions.RouteOf(given));
        step();
        using var self = Process.GetCurrentProcess();
        Say(new Ready((DateTime.Now - self.StartTime - made).TotalSeconds, products ?? matmul.Name));
        while (Console.In.ReadLine() is { } seconds)
            Say(Take(step, double.Parse(seconds, CultureInfo.InvariantCulture)));
        return 0;
    }

    // A step, and the backend of its products if it is not that of the process.
    private static (Action Step, string? Products) Step(string? who, Match match, byte[] pixels, StepRoute route)
    {
        if (who != Ours)
            return (Step(who, match, pixels), null);
        var ours = new OurTraining(match.Spec, match.Objective, Images(match.Spec.Input, pixels), match.Batch, route);
        return (ours.Step, ours.Products);
    }

    private static Action Step(string? who, Match match, byte[] pixels) => who switch
    {
        Baseline or Settled => match.Baseline().Training(tensor(pixels).view(Count, -1), match.Batch),
        Floor => match.Floor(),
        Inference.Encode or Inference.Decode or Inference.BaselineEncode or Inference.BaselineDecode => Inference.Call(who, match, pixels),
        _ => throw new UsageException($"--who: must be {Ours}, {Baseline} or {Floor}, got {who}"),
    };

    private static Dataset Images(Shape shape, byte[] pixels) =>
        Dataset.Create("digits", shape, Pixels.OfBytes(pixels), Array.Empty<int>(), []);

    // Noise would be learned in another way: most gradients vanish, and what vanishes takes its own time.
    private static byte[] Digits(Shape shape)
    {
        var size = (int)shape.Size;
        var pixels = new byte[Count * size];
        Parallel.For(0, Count, i => Vae.Digits.Draw(1, i, pixels.AsSpan(i * size, size)));
        return pixels;
    }

    private static Turn Take(Action step, double seconds)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var start = Stopwatch.GetTimestamp();
        var steps = 0L;
        do
        {
            for (var i = 0; i < Block; i++)
                step();
            steps += Block;
        }
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds);
        var taken = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new(steps, taken, GC.GetTotalAllocatedBytes(precise: true) - before, Environment.WorkingSet);
    }

    private static void Say<T>(T what)
    {
        Console.Out.WriteLine(JsonSerializer.Serialize(what));
        Console.Out.Flush();
    }
}
