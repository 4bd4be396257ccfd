using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch.Tests;

public class TrainingMemoryTests
{
    private const int Batch = 64, Width = 256, Steps = 2000;

    // One tensor of [Batch, Width] floats left behind at each step would be 125 MiB: half of that is a leak, and less is the allocator's.
    private const long Bound = (long)Batch * Width * sizeof(float) * Steps / 2;

    [Fact]
    public void StepsLeaveNothingBehind()
    {
        // Threads that wait for each other on a busy machine would make seconds a minute.
        var threads = get_num_threads();
        set_num_threads(1);
        try
        {
            Measure();
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    private static void Measure()
    {
        var spec = Samples.Tiny.Model.With(
            input: Shape.Vector(Width), likelihood: Likelihoods.Bernoulli,
            encoder: new([Layers.Linear(16), Layers.Relu, Layers.Dropout(0.1), Layers.BatchNorm()], Heads.Dense),
            decoder: new([Layers.Residual([Layers.Tanh]), Layers.Linear(16)], Heads.Dense));
        // The weight changes at every step: a number that is no constant.
        var warmUp = Schedules.Linear(0, 1, Steps);
        using var model = new VaeModel(spec, 1);
        using var state = new OptimizerState(model.Weights);
        using var step = new AutogradStep(model, state, Objectives.Beta(warmUp),
            Samples.Tiny.Train.With(clipping: Clippings.Norm(1), averaging: Averagings.Exponential(0.9)));
        using var batches = new BatchSource(Samples.Data(spec, Batch).Train, spec.Condition, Binarizations.Stochastic, Batch, 1, CPU);
        Train(0, 300);
        var (tensors, memory) = (Samples.HeldTensors(), Resident());
        Train(300, 300 + Steps);
        Assert.Equal(tensors, Tensor.TotalCount);
        Assert.InRange(Resident() - memory, long.MinValue, Bound);
        Assert.True(model.Weights.AreFinite);

        void Train(int from, int to)
        {
            for (var i = from; i < to; i++)
            {
                using var scope = NewDisposeScope();
                if (i % 10 == 0)
                    batches.Shuffle(i);
                var (x, condition) = batches.At(0, Purpose.Binarize, i);
                step.Run(x, condition, new(i, 0.001, Schedules.At(warmUp, i), 0, Measured: i % 4 == 0));
                if (i % 4 == 0)
                    step.Collect();
            }
        }
    }

    [Fact]
    public void RunsAndEvaluationsLeaveNothingBehind()
    {
        var tiny = Samples.Tiny.With(model: Samples.Tiny.Model.With(condition: Conditions.Label(3)),
            train: Samples.Tiny.Train.With(averaging: Averagings.Exponential(0.5)));
        var data = Samples.Data(tiny.Model);
        using var folder = new TemporaryFolder();
        var before = Samples.HeldTensors();
        Trainer.Train(tiny, data, new(folder.Run()));
        using (var model = RunFolder.Open(folder.Run()).LoadModel())
        {
            new Evaluator(model, data.Test, Binarizations.None).Evaluate(70);
            Diagnoses.Diagnose(new(model, data.Test, Binarizations.None), []);
        }
        Assert.Equal(before, Tensor.TotalCount);
    }

    private static long Resident()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
