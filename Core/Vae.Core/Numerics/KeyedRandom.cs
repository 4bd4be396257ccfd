namespace Vae;

/// <summary>
/// A counter-based random number generator: noise is a pure function of a key and a counter. It has no state, so numbers can be drawn in
/// any order and on any thread, and are the same on every platform. Not for cryptography. Steele, Lea &amp; Flood 2014 (the mixing
/// function of SplitMix).
/// </summary>
/// <example>
/// <code>
/// KeyedRandom random = KeyedRandom.FromSeed(1).Fold(7);
/// double first = random.Uniform(0), second = random.Uniform(1);
/// </code>
/// </example>
public readonly record struct KeyedRandom
{
    // 2^64 / golden ratio, made odd: multiples of it are spread evenly over the 64-bit circle.
    private const ulong Gamma = 0x9E3779B97F4A7C15;
    private const ulong FoldGamma = 0xD1342543DE82EF95;

    private readonly ulong key;

    private KeyedRandom(ulong key) => this.key = key;

    /// <summary>The generator of a seed.</summary>
    /// <param name="seed">Any value.</param>
    public static KeyedRandom FromSeed(ulong seed) => new(Mix(seed + Gamma));

    /// <summary>A generator that is independent of this one and of those for other <paramref name="data"/>.</summary>
    /// <param name="data">A purpose, an index or a step; any value.</param>
    public KeyedRandom Fold(long data) => new(Mix(key ^ Mix(unchecked((ulong)data * FoldGamma + Gamma))));

    /// <summary>64 random bits.</summary>
    /// <param name="counter">Any value.</param>
    public ulong Bits(long counter) => Mix(unchecked(key + Gamma * (ulong)counter));

    /// <summary>A uniform number in [0, 1), a multiple of 2⁻⁵³.</summary>
    /// <param name="counter">Any value.</param>
    public double Uniform(long counter) => (Bits(counter) >> 11) * (1.0 / (1L << 53));

    /// <summary>A uniform number in (0, 1), at which quantile functions are finite.</summary>
    /// <param name="counter">Any value.</param>
    // A uniform draw may be 0: half a step is added, and the result is kept below 1.
    internal double Inner(long counter) => Math.Min(Uniform(counter) + Math.ScaleB(1, -54), 1 - Math.ScaleB(1, -53));

    /// <summary>A uniform whole number in [0, <paramref name="count"/>).</summary>
    /// <param name="count">Number of possible values; ≥ 1.</param>
    /// <param name="counter">Any value.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is less than 1.</exception>
    public int Below(int count, long counter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        // The high half of a 128-bit product: no division, and a bias below count / 2^64.
        return (int)Math.BigMul(Bits(counter), (ulong)count, out _);
    }

    /// <summary>
    /// A number from a bell-shaped distribution with mean 0 and variance 1, in (−2√3, 2√3): the sum of four uniform numbers. It needs no
    /// logarithm or cosine, whose last bit differs between platforms, and has no long tails.
    /// </summary>
    /// <param name="counter">Any value.</param>
    public double Bell(long counter)
    {
        var bits = Bits(counter);
        var sum = (bits & 0xFFFF) + (bits >> 16 & 0xFFFF) + (bits >> 32 & 0xFFFF) + (bits >> 48);
        // Each part is uniform on 0..65535: the sum has mean 2·65535 and variance (65536² − 1) / 3.
        return (sum - 2.0 * 65535) * (1.7320508075688772 / 65536);
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
