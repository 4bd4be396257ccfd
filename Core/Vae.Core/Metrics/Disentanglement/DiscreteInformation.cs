namespace Vae;

/// <summary>
/// Plug-in estimates of entropy and mutual information of discrete values, in nats. Mutual information is overestimated if there are
/// few examples for each pair of values.
/// </summary>
internal static class DiscreteInformation
{
    /// <summary>−Σ p ln p over the distinct values. N ≥ 1 values → nats, ≥ 0.</summary>
    public static double Entropy(int[] values)
    {
        Require(values.Length > 0, "values: must be at least 1, got none");
        return values.CountBy(value => value).Sum(pair => -Part(pair.Value, values.Length));
    }

    /// <summary>
    /// H(a) + H(b) − H(a, b). N values of each, N ≥ 1 → nats, in [0, min(H(a), H(b))]. For independent variables of A and B values it
    /// is overestimated by about (A − 1)(B − 1) / 2N.
    /// </summary>
    public static double MutualInformation(int[] a, int[] b)
    {
        Require(a.Length == b.Length, $"b: must be {a.Length} values, as many as a, got {b.Length}");
        var joint = a.Zip(b).CountBy(pair => pair).Sum(pair => -Part(pair.Value, a.Length));
        return Math.Max(0, Entropy(a) + Entropy(b) - joint);
    }

    /// <summary>
    /// The bin of each value, among bins of equal width between the smallest and the largest value. N finite values → N in [0, bins);
    /// bins ≥ 1.
    /// </summary>
    public static int[] Bins(double[] values, int bins)
    {
        Require(bins >= 1, $"bins: must be at least 1, got {bins}");
        Require(values.Length > 0, "values: must be at least 1, got none");
        double low = values.Min(), width = values.Max() - low;
        return Array.ConvertAll(values, value => width > 0 ? Math.Min(bins - 1, (int)((value - low) / width * bins)) : 0);
    }

    /// <summary>I(bin of code d; factor k) for all pairs. [F][D]; nats.</summary>
    internal static double[][] Between(FactoredCodes given, int bins)
    {
        var binned = Array.ConvertAll(given.Columns, column => Bins(column, bins));
        return Array.ConvertAll(given.Factors, factor => Array.ConvertAll(binned, code => MutualInformation(code, factor)));
    }

    private static double Part(int count, double of) => count / of * Math.Log(count / of);

    private static void Require(bool holds, string message)
    {
        if (!holds)
            throw new ArgumentException(message);
    }
}
