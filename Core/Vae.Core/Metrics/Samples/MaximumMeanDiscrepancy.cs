namespace Vae;

/// <summary>
/// The squared maximum mean discrepancy of two distributions, estimated without bias from draws of each: about 0, of either sign, for
/// equal distributions. All pairs are compared, for up to a few thousand points each; Gretton et al. 2012, lemma 6.
/// </summary>
public static class MaximumMeanDiscrepancy
{
    /// <summary>The estimate with k(x, y) = exp(−‖x − y‖² / (2 σ²)); without a unit, at most 2.</summary>
    /// <param name="a">Draws of one distribution, [N, D]; N ≥ 2.</param>
    /// <param name="b">Draws of the other, [M, D]; M ≥ 2.</param>
    /// <param name="bandwidth">σ &gt; 0, such as <see cref="MedianDistance"/>; only values with the same σ are comparable.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or σ is out of range.</exception>
    public static double RadialBasis(NdArray a, NdArray b, double bandwidth)
    {
        RequirePositive(nameof(bandwidth), bandwidth);
        return Estimate(a, b, squared => Math.Exp(-squared / (2 * bandwidth * bandwidth)));
    }

    /// <summary>
    /// The estimate with k(x, y) = c / (c + ‖x − y‖²), whose heavy tails also compare distant sets; without a unit, at most 2;
    /// Tolstikhin et al. 2018, section 4.
    /// </summary>
    /// <param name="a">Draws of one distribution, [N, D]; N ≥ 2.</param>
    /// <param name="b">Draws of the other, [M, D]; M ≥ 2.</param>
    /// <param name="scale">c &gt; 0; for codes and N(0, I) it is 2 D, the expected squared distance of two draws from N(0, I).</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or c is out of range.</exception>
    public static double InverseMultiquadratic(NdArray a, NdArray b, double scale)
    {
        RequirePositive(nameof(scale), scale);
        return Estimate(a, b, squared => scale / (scale + squared));
    }

    /// <summary>The median distance between points of the union of two sets, the usual σ; ≥ 0; Gretton et al. 2012, section 8.</summary>
    /// <param name="a">[N, D]; N ≥ 1.</param>
    /// <param name="b">[M, D]; M ≥ 1.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static double MedianDistance(NdArray a, NdArray b)
    {
        double[] all = [.. PointClouds.Values(a, nameof(a), minCount: 1), .. Matching(a, b, min: 1)];
        int size = a.Dims[1], count = all.Length / size;
        var squared = new double[checked((int)(count * (count - 1L) / 2))];
        for (int i = 0, at = 0; i < count; i++)
            for (var j = 0; j < i; j++)
                squared[at++] = PointClouds.SquaredDistance(all.AsSpan(i * size, size), all.AsSpan(j * size, size));
        Array.Sort(squared);
        return (Math.Sqrt(squared[(squared.Length - 1) / 2]) + Math.Sqrt(squared[squared.Length / 2])) / 2;
    }

    private static double Estimate(NdArray a, NdArray b, Func<double, double> kernel)
    {
        double[] first = PointClouds.Values(a, nameof(a), minCount: 2), second = Matching(a, b, min: 2);
        int size = a.Dims[1], n = first.Length / size, m = second.Length / size;
        return 2 * Below(first, size, kernel) / ((double)n * (n - 1)) + 2 * Below(second, size, kernel) / ((double)m * (m - 1))
            - 2 * Across(first, second, size, kernel) / ((double)n * m);
    }

    private static double Below(double[] points, int size, Func<double, double> kernel)
    {
        var sum = 0.0;
        for (var i = 0; i < points.Length; i += size)
            for (var j = 0; j < i; j += size)
                sum += kernel(PointClouds.SquaredDistance(points.AsSpan(i, size), points.AsSpan(j, size)));
        return sum;
    }

    private static double Across(double[] first, double[] second, int size, Func<double, double> kernel)
    {
        var sum = 0.0;
        for (var i = 0; i < first.Length; i += size)
            for (var j = 0; j < second.Length; j += size)
                sum += kernel(PointClouds.SquaredDistance(first.AsSpan(i, size), second.AsSpan(j, size)));
        return sum;
    }

    private static double[] Matching(NdArray a, NdArray b, int min)
    {
        var values = PointClouds.Values(b, nameof(b), min);
        return b.Dims[1] == a.Dims[1] ? values
            : throw new ArgumentException($"b: must have {a.Dims[1]} dimensions, as many as a, got {b.Dims[1]}", nameof(b));
    }

    private static void RequirePositive(string name, double value)
    {
        if (!(value > 0 && double.IsFinite(value)))
            throw new ArgumentOutOfRangeException(name, $"{name}: must be finite and above 0, got {value}");
    }
}
