using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>A training step on noise, to be timed. Used by the thread that created it.</summary>
internal sealed class StepTimes : IDisposable
{
    private const double Rate = 1e-4;

    private readonly FlushedDenormals flushed = new();
    private readonly VaeModel model;
    private readonly OptimizerState state;
    private readonly ITrainingStep step;
    private readonly Fused update;
    private readonly Tensor x;
    private readonly Tensor? condition;
    private long number;

    /// <summary>Creates the step and runs it once, which compiles it.</summary>
    /// <param name="spec">A model without problems.</param>
    /// <param name="objective">The objective.</param>
    /// <param name="batch">Examples in a step; at least 1.</param>
    /// <exception cref="VaeException">The objective does not fit the model.</exception>
    public StepTimes(VaeSpec spec, Objective objective, int batch)
    {
        var train = new TrainSpec(
            1, batch, 0, Optimizers.Adam(), Schedules.Constant(Rate), Clippings.None, Averagings.None, Stoppings.Never);
        var experiment = new Experiment(spec, objective, new("any", Binarizations.None), train);
        VaeException.ThrowIfAny(Specs.Problems(experiment));
        model = new(spec, 0, CPU);
        state = new(model.Weights);
        step = TrainingSteps.Choose(model, state, experiment, StepRoute.Auto).Step;
        update = new(model.Weights, state, train);
        using var noise = new KeyedNoise(0, CPU);
        x = empty([batch, .. spec.Input.Dims.Select(dim => (long)dim)]).DetachFromDisposeScope();
        noise.Uniform(x, 0, 1, Purpose.Evaluate, 0);
        condition = Wiring.ConditionWidth(spec) is var width and > 0 ? zeros(batch, width).DetachFromDisposeScope() : null;
        Run();
        update.Step(Rate);
    }

    /// <summary>The times of some steps; seconds.</summary>
    public double[] Of(int count) => [.. Enumerable.Range(0, count).Select(_ => Timed(Run))];

    /// <summary>The times of some updates of the weights, which a step ends with; seconds.</summary>
    public double[] OfUpdates(int count) => [.. Enumerable.Range(0, count).Select(_ => Timed(() => update.Step(Rate)))];

    /// <summary>The time of a call; seconds.</summary>
    public static double Timed(Action call)
    {
        var start = Stopwatch.GetTimestamp();
        call();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public void Dispose()
    {
        update.Dispose();
        step.Dispose();
        x.Dispose();
        condition?.Dispose();
        state.Dispose();
        model.Dispose();
        flushed.Dispose();
    }

    private void Run()
    {
        using var scope = NewDisposeScope();
        step.Run(x, condition, new(number++, Rate, 1, 0, Measured: number % Timetable.MeasureEvery == 1));
    }
}
