namespace Vae;

/// <summary>Paths between two codes, including both ends.</summary>
internal static class Interpolations
{
    // Below this sine the arc is a line up to rounding, and its formula divides 0 by 0.
    private const double MinSine = 1e-6;

    /// <summary>Equal steps on the straight line. D values, D values → [count, D]; count ≥ 2.</summary>
    public static NdArray Linear(double[] from, double[] to, int count)
    {
        Check(from, to, count);
        return Path(from, to, count, t => 1 - t, t => t);
    }

    /// <summary>
    /// Equal angles on the great circle through both codes, which keeps draws from N(0, I) at the norm that such draws have;
    /// Shoemake 1985, section 3.3. The norm changes smoothly if the codes have different ones. For parallel or opposite codes, or
    /// one that is 0, the path is straight. D values, D values → [count, D]; count ≥ 2.
    /// </summary>
    public static NdArray Spherical(double[] from, double[] to, int count)
    {
        Check(from, to, count);
        var lengths = Math.Sqrt(from.Sum(v => v * v) * to.Sum(v => v * v));
        var angle = lengths > 0 ? Math.Acos(Math.Clamp(from.Zip(to, (a, b) => a * b).Sum() / lengths, -1, 1)) : 0;
        var sine = Math.Sin(angle);
        return sine < MinSine ? Linear(from, to, count)
            : Path(from, to, count, t => Math.Sin((1 - t) * angle) / sine, t => Math.Sin(t * angle) / sine);
    }

    private static NdArray Path(double[] from, double[] to, int count, Func<double, double> first, Func<double, double> second)
    {
        var path = new double[checked(count * from.Length)];
        for (var at = 0; at < path.Length; at++)
        {
            var t = at / from.Length / (count - 1.0);
            path[at] = first(t) * from[at % from.Length] + second(t) * to[at % from.Length];
        }
        return NdArray.FromValues(path, count, from.Length);
    }

    private static void Check(double[] from, double[] to, int count)
    {
        if (from.Length == 0 || to.Length != from.Length)
            throw new ArgumentException($"to: must have as many values as from, at least 1, got {from.Length} and {to.Length}", nameof(to));
        if (count < 2)
            throw new ArgumentOutOfRangeException(nameof(count), $"count: must be at least 2, got {count}");
    }
}
