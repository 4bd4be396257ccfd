namespace Vae;

/// <summary>
/// N(0, 1) divided into bins of equal probability, and the probabilities that other normal distributions give them;
/// Townsend et al. 2019, section 2.5.1.
/// </summary>
internal static class NormalBins
{
    /// <summary>log₂ of the number of bins.</summary>
    public const int Bits = 16;

    // Each bin has a mass of 2 beside its share, so that rounding of the distribution function cannot leave it without any.
    private const int MassBits = 28;
    private const uint Count = 1u << Bits, Extra = 2, Shared = (1u << MassBits) - Extra * Count;

    private static readonly double[] Edges = [.. Enumerable.Range(0, (int)Count + 1).Select(i => Normals.Quantile((double)i / Count))];
    private static readonly double[] Middles = [.. Enumerable.Range(0, (int)Count).Select(i => Normals.Quantile((i + 0.5) / Count))];

    /// <summary>The median of a bin.</summary>
    public static double Middle(int bin) => Middles[bin];

    /// <summary>The interval of a bin under N(0, 1).</summary>
    public static SymbolInterval Interval(int bin) => new((uint)bin, 1, Bits);

    /// <summary>The interval of a bin under N(μ, σ²).</summary>
    /// <param name="bin">The bin.</param>
    /// <param name="mu">μ; finite.</param>
    /// <param name="sigma">σ; &gt; 0.</param>
    public static SymbolInterval Interval(int bin, double mu, double sigma)
    {
        var start = Start(bin, mu, sigma);
        return new(start, Start(bin + 1, mu, sigma) - start, MassBits);
    }

    /// <summary>Takes a bin from a stack in proportion to its probability under N(μ, σ²).</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="mu">μ; finite.</param>
    /// <param name="sigma">σ; &gt; 0.</param>
    public static int Pop(SymbolStack stack, double mu, double sigma)
    {
        var number = stack.Peek(MassBits);
        int low = 0, high = (int)Count;
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) = Start(middle, mu, sigma) <= number ? (middle, high) : (low, middle);
        }
        stack.Pop(Interval(low, mu, sigma));
        return low;
    }

    private static uint Start(int bin, double mu, double sigma) =>
        (uint)(Normals.Cdf((Edges[bin] - mu) / sigma) * Shared) + Extra * (uint)bin;
}
