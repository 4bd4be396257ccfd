using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>What noise is for: draws for different purposes are independent.</summary>
public enum Purpose
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
}

/// <summary>
/// Noise as a function of (seed, purpose, step): no state is kept between draws, so a resumed run draws what an
/// uninterrupted one would have drawn.
/// </summary>
public sealed class KeyedNoise : IDisposable
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

    /// <summary>A well-mixed 63-bit key: SplitMix64's finalizer (Steele et al. 2014) over the three parts in turn.</summary>
    internal static long Key(ulong seed, Purpose purpose, long step) =>
        (long)(Mix(Mix(Mix(seed) + (ulong)purpose) + (ulong)step) >> 1);

    private static ulong Mix(ulong x)
    {
        x += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
