using System.Collections.Concurrent;
using TorchSharp;

namespace Vae.Torch;

/// <summary>
/// The one place where TorchSharp's scalars are made. A Scalar that is only passed on can be finalized between the reading
/// of its handle and the native call; those kept here are never finalized.
/// </summary>
internal static class Scalars
{
    // Constants of formulas and layers are few; a value that changes every step (a learning rate) must not be kept for ever.
    private const int Kept = 4096;

    private static readonly ConcurrentDictionary<double, Scalar> Cache = new();

    public static Scalar Zero { get; } = Of(0);

    public static Scalar One { get; } = Of(1);

    public static Scalar Of(double value) =>
        Cache.TryGetValue(value, out var scalar) ? scalar
        : Cache.Count < Kept ? Cache.GetOrAdd(value, static v => v)
        : throw new InvalidOperationException($"scalars: at most {Kept} different constants are kept, got {value} more (pass changing numbers as tensors)");
}
