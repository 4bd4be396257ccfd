using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>Measures the costs of a step and of an exchange on this machine: the least of several times.</summary>
internal static class RankMeasurements
{
    private const int Few = 16, Many = 128, Steps = 10;

    // The same on all ranks, which exchange together; many, since each lasts less than a turn of a busy processor.
    private const int Exchanges = 100;

    /// <summary>The time of a step as a + b·examples, from two batch sizes.</summary>
    /// <param name="model">A model without problems.</param>
    /// <param name="objective">The objective.</param>
    /// <param name="batch">Examples of a rank in a step; at least 1.</param>
    public static (double Step, double Example) Step(VaeSpec model, Objective objective, long batch)
    {
        var many = (int)Math.Clamp(batch, Few + 1, Many);
        double few = Seconds(model, objective, Few), all = Seconds(model, objective, many);
        var example = Math.Max(0, (all - few) / (many - Few));
        return (Math.Max(0, few - Few * example), example);
    }

    /// <summary>α and β of an exchange between ranks; between two of this machine by TCP if there is one only.</summary>
    /// <param name="ranks">The ranks; all of them make this call.</param>
    /// <param name="parameters">Number of trained values of the model.</param>
    public static (double Latency, double Byte) Exchange(RankGroup ranks, long parameters) =>
        ranks.Count > 1 ? Between(ranks, parameters) : Loopback(parameters);

    private static (double, double) Between(RankGroup ranks, long parameters)
    {
        double few = Exchanged(ranks, 1), all = Exchanged(ranks, parameters);
        var (others, bytes) = (ranks.Count - 1.0, (double)sizeof(float) * parameters);
        var latency = few / (2 * others);
        return (latency, Math.Max(0, all - few) / (2 * others / ranks.Count * bytes));
    }

    private static (double, double) Loopback(long parameters)
    {
        using var free = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        free.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)free.LocalEndPoint!).Port;
        free.Close();
        var both = Enumerable.Range(0, 2).Select(rank => Task.Factory.StartNew(() =>
        {
            using var ranks = Ranks.Tcp("127.0.0.1", port, rank, 2);
            return Between(ranks, parameters);
        }, TaskCreationOptions.LongRunning)).ToArray();
        return both.Select(rank => rank.GetAwaiter().GetResult()).First();
    }

    private static double Exchanged(RankGroup ranks, long length)
    {
        using var scope = NewDisposeScope();
        using var sum = new FixedOrderSum(ranks, length, CPU);
        var values = zeros(sum.Padded);
        return Shortest(Exchanges, () => sum.Sum(values));
    }

    private static double Seconds(VaeSpec spec, Objective objective, int batch)
    {
        var train = new TrainSpec(
            1, batch, 0, Optimizers.Adam(), Schedules.Constant(1e-4), Clippings.None, Averagings.None, Stoppings.Never);
        var experiment = new Experiment(spec, objective, new("any", Binarizations.None), train);
        VaeException.ThrowIfAny(Specs.Problems(experiment));
        using var flushed = new FlushedDenormals();
        using var scope = NewDisposeScope();
        using var model = new VaeModel(spec, 0, CPU);
        using var state = new OptimizerState(model.Weights);
        using var step = TrainingSteps.Choose(model, state, experiment, StepRoute.Auto).Step;
        using var noise = new KeyedNoise(0, CPU);
        var x = empty([batch, .. spec.Input.Dims.Select(dim => (long)dim)]);
        noise.Uniform(x, 0, 1, Purpose.Evaluate, 0);
        var condition = Wiring.ConditionWidth(spec) is var width and > 0 ? zeros(batch, width) : null;
        var number = 0L;
        return Shortest(Steps, () => step.Run(x, condition, new(number++, 1e-4, 1, 0, Measured: false)));
    }

    private static double Shortest(int times, Action call)
    {
        call();
        return Enumerable.Range(0, times).Min(_ =>
        {
            var start = Stopwatch.GetTimestamp();
            call();
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        });
    }
}
