namespace Vae;

/// <summary>The DCI metrics of Eastwood &amp; Williams 2018.</summary>
/// <param name="Disentanglement">Whether each dimension predicts one factor only, weighted by its importance; in [0, 1].</param>
/// <param name="Completeness">Whether each factor is predicted by one dimension only; in [0, 1].</param>
/// <param name="Informativeness">The fraction of the factors' variance that is predicted on test examples; in [0, 1].</param>
internal sealed partial record DciScores(double Disentanglement, double Completeness, double Informativeness);

/// <summary>
/// Disentanglement, completeness and informativeness, from the importance of each dimension for predicting each factor; Eastwood &amp;
/// Williams 2018, section 2. The predictor is a forest as in their section 4.3: ten regression trees of depth 10, each fitted to a
/// bootstrap of half of the examples, on codes in 32 bins of equal counts. Importance is the decrease of the sum of squares. Only the
/// bootstrap is random, and it is a function of the seed.
/// </summary>
internal static class DisentanglementCompleteness
{
    private const int Trees = 10;

    /// <summary>The metrics of codes [N, D] with N ≥ 40 and at least 2 factors; each is about 0 for noise.</summary>
    public static DciScores Compute(NdArray codes, ValueList<KnownFactor> factors, ulong seed = 0)
    {
        var given = FactoredCodes.Create(codes, factors, minCount: 2);
        if (given.Count < 40)
            throw new ArgumentException($"codes: must be at least 40 to fit trees to, got {given.Count}", nameof(codes));
        var inputs = Array.ConvertAll(given.Columns, Binned);
        var fits = Enumerable.Range(0, factors.Count)
            .Select(k => Fit(inputs, Targets(given, k), KeyedRandom.FromSeed(seed).Fold(k))).ToArray();
        var importance = Array.ConvertAll(fits, fit => fit.Importance);
        return new(Disentanglement(importance, inputs.Length), importance.Average(Concentration), fits.Average(fit => fit.Explained));
    }

    private sealed record Fitted(double[] Importance, double Explained);

    private static Fitted Fit(byte[][] inputs, double[][] targets, KeyedRandom random)
    {
        int[] fitted = [.. Enumerable.Range(0, targets[0].Length).Where(FactoredCodes.IsFitted)];
        var trees = Enumerable.Range(0, Trees).Select(tree =>
            new RegressionTree(
                inputs, targets, [.. fitted.Select((_, i) => fitted[random.Fold(tree).Below(fitted.Length, i)])], tree)).ToArray();
        var gains = Enumerable.Range(0, inputs.Length).Select(d => trees.Sum(tree => tree.Gains[d])).ToArray();
        var whole = gains.Sum();
        return new(Array.ConvertAll(gains, gain => whole > 0 ? gain / whole : 0), Explained(trees, targets));
    }

    private static double Explained(RegressionTree[] trees, double[][] targets)
    {
        double missed = 0, all = 0;
        var means = Array.ConvertAll(targets, target => target.Average());
        for (var n = 0; n < targets[0].Length; n++)
        {
            if (FactoredCodes.IsFitted(n))
                continue;
            var predictions = Array.ConvertAll(trees, tree => tree.Predict(n));
            for (var t = 0; t < targets.Length; t++)
            {
                missed += Square(targets[t][n] - predictions.Average(prediction => prediction[t]));
                all += Square(targets[t][n] - means[t]);
            }
        }
        return all > 0 ? Math.Max(0, 1 - missed / all) : 0;
    }

    private static double Disentanglement(double[][] importance, int size)
    {
        var rows = Enumerable.Range(0, size).Select(d => Array.ConvertAll(importance, row => row[d])).ToArray();
        var whole = rows.Sum(row => row.Sum());
        return whole > 0 ? rows.Sum(row => row.Sum() / whole * Concentration(row)) : 0;
    }

    /// <summary>1 − entropy, normalized by its maximum; 1 for a single value, 0 if all importances are 0.</summary>
    private static double Concentration(double[] values)
    {
        var whole = values.Sum();
        if (whole == 0)
            return 0;
        return values.Length == 1 ? 1
            : 1 + values.Where(value => value > 0).Sum(value => value / whole * Math.Log(value / whole)) / Math.Log(values.Length);
    }

    // An ordered factor is one target of variance 1; an unordered one has a target of 0 and 1 for each of its values.
    private static double[][] Targets(FactoredCodes given, int factor) => given.Known[factor].Ordered
        ? FactorGroups.Standardized([[.. given.Known[factor].Values.Select(value => (double)value)]])
        : [.. Enumerable.Range(0, given.ValueCount(factor))
            .Select(value => Array.ConvertAll(given.Factors[factor], index => index == value ? 1.0 : 0))];

    // Equal values share a bin, so that bins do not depend on the order of the examples.
    private static byte[] Binned(double[] column)
    {
        var sorted = column.Order().ToArray();
        var edges = Enumerable.Range(1, RegressionTree.Bins - 1)
            .Select(i => sorted[(int)((long)i * sorted.Length / RegressionTree.Bins)]).ToArray();
        return Array.ConvertAll(column, value => (byte)edges.Count(edge => value >= edge));
    }

    private static double Square(double x) => x * x;
}
