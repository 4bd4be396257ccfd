using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>Trains small networks in one go: keyed orders, a dispose scope a step; no checkpoints, no validation.</summary>
internal static class Fits
{
    /// <summary>Visits each batch of some passes, its condition and the number of the step.</summary>
    public static void Run(BatchSource batches, int epochs, Action<Tensor, Tensor?, long> step, CancellationToken stop)
    {
        for (var number = 0L; number < epochs * batches.Batches; number++)
        {
            stop.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var (epoch, place) = Math.DivRem(number, batches.Batches);
            if (place == 0)
                batches.Shuffle(epoch);
            var (x, condition) = batches.At(place, Purpose.Binarize, number);
            step(x, condition, number);
        }
    }

    /// <summary>Minimizes a loss of batches and their conditions, [], over the weights, with a learning rate for each step.</summary>
    public static void Minimize(
        Weights weights, TrainSpec train, BatchSource batches,
        Func<Tensor, Tensor?, Tensor> loss, Func<long, double> rate, CancellationToken stop)
    {
        using var state = new OptimizerState(weights);
        using var optimizer = new Fused(weights, state, train);
        Run(batches, train.Epochs, (x, condition, number) =>
        {
            weights.Gradient.zero_();
            loss(x, condition).backward();
            optimizer.Step(rate(number));
        }, stop);
    }
}
