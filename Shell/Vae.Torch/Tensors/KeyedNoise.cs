using System.Diagnostics.CodeAnalysis;
using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>The purpose of a draw: draws for different purposes are independent.</summary>
internal enum Purpose
{
    /// <summary>Initial weights; the step is the index of the tensor.</summary>
    Initialize,
    /// <summary>The order of an epoch; the step is the epoch.</summary>
    Shuffle,
    /// <summary>Draws from the posterior.</summary>
    Posterior,
    /// <summary>Stochastic binarization.</summary>
    Binarize,
    /// <summary>Dropout.</summary>
    Dropout,
    /// <summary>Draws from the prior.</summary>
    Prior,
    /// <summary>Draws while evaluating; the step is the index of the first example.</summary>
    Evaluate,
    /// <summary>Binarization of evaluation data.</summary>
    EvaluateBinarize,
    /// <summary>Other draws of an objective: prior samples, orders that shuffle codes, directions.</summary>
    Objective,
    /// <summary>The choice of examples that keep their labels.</summary>
    Label,
    /// <summary>Dropout in the networks of posterior and prior.</summary>
    PartDropout,
}

/// <summary>
/// Noise as a function of (seed, purpose, step): no state is kept between draws, so a resumed run draws the same noise as an
/// uninterrupted one.
/// </summary>
[SuppressMessage("ApiDesign", "RS0030", Justification = "The one place that draws; every generator is keyed before it is used.")]
internal sealed class KeyedNoise : IDisposable
{
    // On CUDA all threads draw from the device's one generator: none may reseed it between another's key and draw.
    private static readonly Lock DeviceGate = new();

    private readonly Generator generator;

    /// <summary>Noise of a seed on a device.</summary>
    public KeyedNoise(ulong seed, Device device)
    {
        (Seed, Device) = (seed, device);
        generator = new Generator(0, CPU);
    }

    /// <summary>The seed.</summary>
    public ulong Seed { get; }

    /// <summary>The device of the tensors that are filled.</summary>
    public Device Device { get; }

    /// <summary>Fills a tensor with draws from N(0, 1).</summary>
    public void Normal(Tensor into, Purpose purpose, long step) => Draw(purpose, step, keyed => into.normal_(0, 1, keyed));

    /// <summary>Fills a tensor with draws from the uniform distribution on [low, high).</summary>
    public void Uniform(Tensor into, double low, double high, Purpose purpose, long step) =>
        Draw(purpose, step, keyed => into.uniform_(low, high, keyed));

    /// <summary>0 … count − 1 in random order, as int64.</summary>
    public Tensor Permutation(long count, Purpose purpose, long step)
    {
        // Drawn on the CPU whatever the device: the order of the data is the same everywhere.
        generator.manual_seed(Key(Seed, purpose, step));
        var order = randperm(count, ScalarType.Int64, CPU, generator: generator);
        return Device.type == DeviceType.CPU ? order : order.to(Device);
    }

    /// <inheritdoc/>
    public void Dispose() => generator.Dispose();

    private void Draw(Purpose purpose, long step, Action<Generator?> fill)
    {
        var key = Key(Seed, purpose, step);
        if (Device.type == DeviceType.CPU)
        {
            generator.manual_seed(key);
            fill(generator);
            return;
        }
        // TorchSharp's generators live on the CPU; a device is keyed by reseeding its own.
        lock (DeviceGate)
        {
            cuda.manual_seed_all(key);
            fill(null);
        }
    }

    /// <summary>63 well-mixed bits, since torch's seeds are signed.</summary>
    internal static long Key(ulong seed, Purpose purpose, long step) =>
        (long)(KeyedRandom.FromSeed(seed).Fold((long)purpose).Fold(step).Bits(0) >> 1);
}
