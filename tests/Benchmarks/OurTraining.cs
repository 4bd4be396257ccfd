using static TorchSharp.torch;

namespace Vae.Benchmarks;

/// <summary>Training steps as the library does them, with its data path.</summary>
internal sealed class OurTraining : IDisposable
{
    private readonly VaeModel model;
    private readonly OptimizerState state;
    private readonly ITrainingStep step;
    private readonly BatchSource batches;
    private readonly long places;
    // As in a run; of the thread that takes the steps.
    private readonly FlushedDenormals flushed = new();
    private long number;

    public OurTraining(VaeSpec spec, Objective objective, Dataset data, int batch, StepRoute route, string products = "auto")
    {
        var train = new TrainSpec(1, batch, 1, Optimizers.Adam(), Schedules.Constant(1e-3), Clippings.None, Averagings.None,
            Stoppings.Never);
        var experiment = new Experiment(spec, objective, new DataSpec(data.Name, Binarizations.None), train);
        model = new(spec, train.Seed);
        state = new(model.Weights);
        Products = KernelChoice.Matmul(experiment, new(route, products, Precision.Float32), model.Device);
        (step, _) = TrainingSteps.Choose(model, state, experiment, route, compiled: new(Kernels: MatmulBackends.WithKernels(Products)));
        batches = new(data, spec.Condition, Binarizations.None, batch, train.Seed, CPU);
        batches.Shuffle(0);
        places = data.Count / batch;
    }

    /// <summary>The backend of its products.</summary>
    public string Products { get; }

    /// <summary>Trains on the next batch.</summary>
    public void Step()
    {
        using var scope = NewDisposeScope();
        var (x, condition) = batches.At(number % places, Purpose.Binarize, number);
        var measured = number % Timetable.MeasureEvery == 0;
        step.Run(x, condition, new(number, 1e-3, 1, 0, measured));
        // A run looks at its losses as soon as they are there.
        if (measured)
            step.Collect();
        number++;
    }

    public void Dispose()
    {
        flushed.Dispose();
        batches.Dispose();
        step.Dispose();
        state.Dispose();
        model.Dispose();
    }
}
