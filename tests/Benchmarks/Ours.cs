using static TorchSharp.torch;

namespace Vae.Benchmarks;

/// <summary>A training step as the library does it, with its data path.</summary>
internal static class Ours
{
    public static Action Training(VaeSpec spec, Objective objective, Dataset data, int batch, StepRoute route)
    {
        var train = new TrainSpec(1, batch, 1, Optimizers.Adam(), Schedules.Constant(1e-3), Clippings.None, Averagings.None, Stoppings.Never);
        var model = new VaeModel(spec, train.Seed);
        var state = new OptimizerState(model.Weights);
        var experiment = new Experiment(spec, objective, new DataSpec("noise", Binarizations.None, 0, 0), train);
        var (step, _) = TrainingSteps.Choose(model, state, experiment, route);
        var batches = new BatchSource(data, spec.Condition, Binarizations.None, batch, train.Seed, CPU);
        batches.Shuffle(0);
        long number = 0, places = data.Count / batch;
        return () =>
        {
            using var scope = NewDisposeScope();
            var (x, condition) = batches.At(number % places, Purpose.Binarize, number);
            // Every fourth step is measured, as in training.
            step.Run(x, condition, new(number, 1e-3, 1, number % 4 == 0));
            number++;
        };
    }
}
