namespace Vae;

/// <summary>How rare a value is among reference values, on a scale that all columns share; in nats.</summary>
internal static class Surprises
{
    // The part of the reference values that says how fast their tail falls.
    private const double TailShare = 0.1;

    /// <summary>
    /// −ln p with the empirical p-value p = (1 + number of reference values ≥ x) / (N + 1): an ordinary value exceeds t with a
    /// probability of at most e⁻ᵗ. Beyond the largest reference value, where p no longer falls, an exponential tail fitted to the largest
    /// tenth continues it. Davison &amp; Hinkley 1997, section 4.2. ≥ 0; rises with x.
    /// </summary>
    /// <param name="reference">Values of ordinary examples, ascending; at least one.</param>
    /// <param name="value">x.</param>
    /// <exception cref="ArgumentException">There is no reference value.</exception>
    public static double Measure(ReadOnlySpan<double> reference, double value)
    {
        if (reference.Length == 0)
            throw new ArgumentException("reference: must hold at least one value, got none", nameof(reference));
        var atLeast = reference.Length - Below(reference, value);
        var known = Math.Log((reference.Length + 1.0) / (1 + atLeast));
        var scale = TailScale(reference);
        return atLeast > 0 || scale <= 0 ? known : known + (value - reference[^1]) / scale;
    }

    // The number of values that are less.
    private static int Below(ReadOnlySpan<double> ascending, double value)
    {
        int low = 0, high = ascending.Length;
        while (low < high)
            if (ascending[(low + high) / 2] < value)
                low = (low + high) / 2 + 1;
            else
                high = (low + high) / 2;
        return low;
    }

    // The mean excess of the largest values over the least of them.
    private static double TailScale(ReadOnlySpan<double> ascending)
    {
        var tail = ascending[^Math.Max(1, (int)(TailShare * ascending.Length))..];
        var sum = 0.0;
        foreach (var value in tail)
            sum += value - tail[0];
        return sum / tail.Length;
    }
}
