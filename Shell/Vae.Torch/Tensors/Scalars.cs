using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using TorchSharp;

namespace Vae.Torch;

/// <summary>
/// The one place where TorchSharp's scalars are made. A Scalar that is only passed on can be finalized between the reading
/// of its handle and the native call; those kept here are not.
/// </summary>
[SuppressMessage("ApiDesign", "RS0030", Justification = "The one place where scalars are made.")]
internal static class Scalars
{
    // Constants of formulas and layers are few; a number that changes every step (a scheduled β) must not be kept for ever.
    private const int Kept = 4096, Cached = 64;

    private static readonly ConcurrentDictionary<long, Scalar> Cache = new();

    [ThreadStatic]
    private static Scalar?[]? held;

    [ThreadStatic]
    private static int next;

    public static Scalar Zero { get; } = Get(0);

    public static Scalar One { get; } = Get(1);

    /// <summary>To be passed to the very next call, not to be stored or disposed.</summary>
    public static Scalar Get(double value)
    {
        // By its bits: 0 and −0 are equal, and yet different divisors.
        var bits = BitConverter.DoubleToInt64Bits(value);
        return Cache.TryGetValue(bits, out var scalar) ? scalar
            : Cache.Count < Kept ? Cache.GetOrAdd(bits, static b => BitConverter.Int64BitsToDouble(b))
            : Hold(value);
    }

    /// <summary>A number that has no place among the constants lives until this thread has asked for as many more as are held.</summary>
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
