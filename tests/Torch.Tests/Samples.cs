using FsCheck;
using FsCheck.Fluent;
using TorchSharp;
using Vae.Tests;
using static TorchSharp.torch;

namespace Vae.Torch.Tests;

/// <summary>Small models, data and folders that tests share; each a function of a seed.</summary>
internal static class Samples
{
    public static readonly Experiment Tiny = new(
        new(Shape.Vector(6), 2, new([Layers.Linear(5), Layers.Tanh], Heads.Dense), new([Layers.Linear(5), Layers.Tanh], Heads.Dense),
            Posteriors.DiagonalNormal, Priors.StandardNormal, Likelihoods.CrossEntropy, Conditions.None),
        Objectives.Elbo,
        new("tiny", Binarizations.None),
        new(3, 4, 1, Optimizers.Adam(), Schedules.Constant(0.01), Clippings.None, Averagings.None, Stoppings.Never));

    public static IEnumerable<T> Generate<T>(Gen<T> gen, int count, int size = 10) => gen.Sample(count, new Rnd(1, 3), size);

    public static IEnumerable<VaeSpec> Models(int count, bool smooth = false) => Generate(Generators.Model(smooth), count);

    public static DataSplit Data(VaeSpec spec, int train = 10, int validation = 3, int test = 5, ulong seed = 0)
    {
        var random = KeyedRandom.FromSeed(seed);
        var all = train + validation + test;
        var size = (int)spec.Input.Size;
        var bytes = new byte[all * size];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)random.Below(256, i);
        var classes = spec.Condition is Condition.Label label ? label.Classes : 0;
        var labels = Enumerable.Range(0, classes == 0 ? 0 : all).Select(i => random.Below(classes, i + bytes.Length)).ToArray();
        var whole = Dataset.Create("tiny", spec.Input, Pixels.OfBytes(bytes), labels,
            [.. Enumerable.Range(0, classes).Select(i => $"{i}")]);
        Dataset Part(int first, int count) => whole.Take([.. Enumerable.Range(first, count)]);
        return new(Part(0, train), Part(train, validation), Part(train + validation, test));
    }

    public static Tensor Draws(ulong seed, Purpose purpose, params long[] dims)
    {
        using var noise = new KeyedNoise(seed, CPU);
        var into = empty(dims);
        noise.Normal(into, purpose, 0);
        return into;
    }

    public static Tensor Inputs(VaeSpec spec, long batch, ulong seed = 0) =>
        Draws(seed, Purpose.Evaluate, [batch, .. spec.Input.Dims.Select(dim => (long)dim)]).sigmoid();

    public static Tensor? Condition(VaeSpec spec, long batch, ulong seed = 0) =>
        Wiring.ConditionWidth(spec) is var width && width == 0 ? null : Draws(seed, Purpose.Prior, batch, width);

    public static StepInputs At(long number, double rate = 0.01) => new(number, rate, 1, 0, Measured: true);

    /// <summary>
    /// Tensors alive, once those that nobody holds are gone. What follows must leave this many without a collection: a tensor
    /// that waits for its finalizer has been left behind.
    /// </summary>
    public static long HeldTensors()
    {
        for (var i = 0; i < 2; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        return Tensor.TotalCount;
    }

    public static double LargestGap(Tensor a, Tensor b) => (a - b).abs().max().ToDoubles()[0];
}

/// <summary>A folder of its own for a test, which goes with it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vae-tests-");

    public string Path => folder.FullName;

    public string Run(string name = "run") => System.IO.Path.Combine(Path, name);

    public void Dispose() => folder.Delete(recursive: true);
}

/// <summary>Calls on the thread that reports, at once; <see cref="Progress{T}"/> of the base library would call later.</summary>
internal sealed class Each(Action<TrainEvent> tell) : IProgress<TrainEvent>
{
    public void Report(TrainEvent value) => tell(value);
}
