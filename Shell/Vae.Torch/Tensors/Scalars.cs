using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using TorchSharp;

namespace Vae.Torch;

/// <summary>
/// Creates and keeps TorchSharp's scalars. A temporary Scalar can be finalized between the reading of its handle and the native
/// call; those kept here cannot. Thread-safe.
/// </summary>
[SuppressMessage("ApiDesign", "RS0030", Justification = "The one place where scalars are made.")]
internal static class Scalars
{
    // Formulas and layers have few constants; a number that changes every step, such as a scheduled β, must not be kept for ever.
    private const int Kept = 4096, Cached = 64;

    /// <summary>The constants by their bits.</summary>
    internal static readonly ConcurrentDictionary<long, Scalar> Cache = new();

    [ThreadStatic]
    private static Scalar?[]? held;

    [ThreadStatic]
    private static int next;

    public static Scalar Zero { get; } = Get(0);

    public static Scalar One { get; } = Get(1);

    /// <summary>The scalar of a number. Pass it to the very next call; do not store or dispose it.</summary>
    public static Scalar Get(double value)
    {
        // Keyed by the bits: 0 and −0 are equal, but different divisors.
        var bits = BitConverter.DoubleToInt64Bits(value);
        return Cache.TryGetValue(bits, out var scalar) ? scalar
            : Cache.Count < Kept ? Cache.GetOrAdd(bits, static b => BitConverter.Int64BitsToDouble(b))
            : Hold(value);
    }

    /// <summary>A scalar beyond the cached constants lives until this thread has asked for <see cref="Cached"/> more.</summary>
    private static Scalar Hold(double value)
    {
        held ??= new Scalar?[Cached];
        next = (next + 1) % Cached;
        held[next]?.Dispose();
        Scalar scalar = value;
        held[next] = scalar;
        return scalar;
    }
}
