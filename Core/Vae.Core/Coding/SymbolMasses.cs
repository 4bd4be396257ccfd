namespace Vae;

/// <summary>The intervals of a few symbols in proportion to their probabilities.</summary>
internal static class SymbolMasses
{
    /// <summary>
    /// The starts of the intervals and, after them, their end 2ᵇ. A symbol of any probability, 0 and NaN included, has a mass of at least 1.
    /// </summary>
    /// <param name="negLog">−ln p of each symbol, up to a constant; fewer than 2ᵇ.</param>
    /// <param name="bits">b; in [1, 31].</param>
    public static uint[] Starts(ReadOnlySpan<double> negLog, int bits)
    {
        var least = double.PositiveInfinity;
        foreach (var value in negLog)
            least = Math.Min(least, double.IsNaN(value) ? double.PositiveInfinity : value);
        var (weights, sum) = (new double[negLog.Length], 0.0);
        for (var i = 0; i < weights.Length; i++)
            // The most probable symbol has weight 1, also if all of them are impossible.
            sum += weights[i] = negLog[i] <= least ? 1 : double.IsNaN(negLog[i]) ? 0 : Math.Exp(least - negLog[i]);
        var (starts, below, shared) = (new uint[weights.Length + 1], 0.0, (1u << bits) - (uint)weights.Length);
        for (var i = 0; i < weights.Length; i++)
        {
            starts[i] = (uint)Math.Min(shared, below / Math.Max(sum, 1) * shared) + (uint)i;
            below += weights[i];
        }
        starts[^1] = 1u << bits;
        return starts;
    }

    /// <summary>The interval of a symbol.</summary>
    public static SymbolInterval Interval(uint[] starts, int symbol, int bits) =>
        new(starts[symbol], starts[symbol + 1] - starts[symbol], bits);

    /// <summary>The symbol whose interval holds a number.</summary>
    public static int Find(uint[] starts, uint number)
    {
        var place = Array.BinarySearch(starts, number);
        return place >= 0 ? place : ~place - 1;
    }
}
