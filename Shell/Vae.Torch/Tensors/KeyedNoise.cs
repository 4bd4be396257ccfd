using System.Diagnostics.CodeAnalysis;
using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>What noise is for: draws for different purposes are independent.</summary>
internal enum Purpose
{
    /// <summary>Initial weights; the step is the tensor's place.</summary>
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
    /// <summary>Draws while evaluating; the step is the place of the first example.</summary>
    Evaluate,
    /// <summary>Binarization of the data that is evaluated on.</summary>
    EvaluateBinarize,
    /// <summary>What an objective draws beside the posterior: of the prior, to shuffle codes, directions.</summary>
    Objective,
    /// <summary>Which examples keep their labels.</summary>
    Label,
    /// <summary>Dropout in the networks of posterior and prior.</summary>
    PartDropout,
}

/// <summary>
/// Noise as a function of (seed, purpose, step): no state is kept between draws, so a resumed run draws what an
/// uninterrupted one would have drawn.
/// </summary>
[SuppressMessage("ApiDesign", "RS0030", Justification = "The one place that draws; every generator is keyed before it is used.")]
internal sealed class KeyedNoise : IDisposable
{
    private readonly Generator generator;

    /// <summary>Noise of a seed on a device.</summary>
    public KeyedNoise(ulong seed, Device device)
    {
        (Seed, Device) = (seed, device);
        generator = new Generator(0, CPU);
    }

    /// <summary>The seed.</summary>
    public ulong Seed { get; }

    /// <summary>Where noise is drawn.</summary>
    public Device Device { get; }

    /// <summary>Fills a tensor with draws from N(0, 1).</summary>
    public void Normal(Tensor into, Purpose purpose, long step) => into.normal_(0, 1, Keyed(purpose, step));

    /// <summary>Fills a tensor with draws from the uniform distribution on [low, high).</summary>
    public void Uniform(Tensor into, double low, double high, Purpose purpose, long step) => into.uniform_(low, high, Keyed(purpose, step));

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

    private Generator? Keyed(Purpose purpose, long step)
    {
        var key = Key(Seed, purpose, step);
        if (Device.type == DeviceType.CPU)
        {
            generator.manual_seed(key);
            return generator;
        }
        // TorchSharp's generators live on the CPU; a device is keyed by reseeding its own.
        cuda.manual_seed_all(key);
        return null;
    }

    /// <summary>63 well-mixed bits, since torch's seeds are signed.</summary>
    internal static long Key(ulong seed, Purpose purpose, long step) =>
        (long)(KeyedRandom.FromSeed(seed).Fold((long)purpose).Fold(step).Bits(0) >> 1);
}
