using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Vae.Torch;

/// <summary>Adam on the cross-entropy, its rate falling in a line to 0; all noise keyed by the seed.</summary>
internal static class ClassifierTraining
{
    public static void Run(ClassifierNet net, Dataset data, ClassifierOptions options, Device device, CancellationToken stop)
    {
        using var outer = NewDisposeScope();
        using var source = new BatchSource(data, Conditions.Label(data.Classes.Count), Binarizations.None, options.Batch, options.Seed, device);
        using var program = jit.compile(OptimizerProgram.Function(Plan(options)));
        var rate = zeros([], ScalarType.Float64, device);
        object[] buffers = [net.Flat, net.Gradient, zeros_like(net.Flat), zeros_like(net.Flat), zeros([], ScalarType.Float32, device), rate, net.Flat, zeros([], ScalarType.Float64, device)];
        var steps = options.Epochs * source.Batches;
        for (var step = 0L; step < steps; step++)
        {
            stop.ThrowIfCancellationRequested();
            if (step % source.Batches == 0)
                source.Shuffle(step / source.Batches);
            Backward(net, source, step);
            using var gradless = no_grad();
            rate.Set(options.LearningRate * (1 - step / (double)steps));
            program.invoke<Tensor>("update", buffers).Dispose();
        }
    }

    private static void Backward(ClassifierNet net, BatchSource source, long step)
    {
        using var scope = NewDisposeScope();
        // The labels come as one-hot rows: the cross-entropy is their product with the log-probabilities.
        var (x, labels) = source.At(step % source.Batches, Purpose.Binarize, step);
        net.Gradient.zero_();
        F.log_softmax(net.Logits(net.FeaturesOf(x)), 1).mul(labels!).sum(1).mean().neg().backward();
    }

    private static TrainSpec Plan(ClassifierOptions options) => new(
        options.Epochs, options.Batch, options.Seed, Optimizers.Adam(), Schedules.Constant(options.LearningRate), Clippings.None, Averagings.None, Stoppings.Never);
}
