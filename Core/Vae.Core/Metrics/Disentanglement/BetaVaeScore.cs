namespace Vae;

/// <summary>The score of β-VAE: whether a linear classifier tells from differences of codes which factor was held. Higgins et al. 2017, section 3.</summary>
internal static class BetaVaeScore
{
    /// <summary>
    /// The accuracy of a multinomial regression from the mean |z₁ − z₂| over pairs that agree in one factor to that factor, on
    /// other votes than those it was fitted to. Codes are divided by their deviation. Codes [N, D], at least 2 factors, votes
    /// ≥ 2, pairs ≥ 1 → [0, 1]; guessing gives 1/F, and so does noise.
    /// </summary>
    public static double Compute(NdArray codes, ValueList<KnownFactor> factors, int votes = 800, int pairs = 64, ulong seed = 0)
    {
        var given = FactoredCodes.Create(codes, factors, minCount: 2);
        if (votes < 2 || pairs < 1)
            throw new ArgumentException($"votes, pairs: must be at least 2 and 1, got {votes} and {pairs}");
        var groups = new FactorGroups(given, KeyedRandom.FromSeed(seed).Fold(2));
        var columns = FactorGroups.Standardized(given.Columns);
        double[][] rows = [.. Enumerable.Range(0, 2 * votes).Select(vote => Difference(columns, groups.Pairs(vote, pairs)))];
        int[] held = [.. Enumerable.Range(0, 2 * votes).Select(vote => groups.FactorOf(vote))];
        var fitted = MultinomialRegression.Fit(rows[..votes], held[..votes], given.Factors.Length);
        return Enumerable.Range(votes, votes).Average(vote => fitted.Predict(rows[vote]) == held[vote] ? 1.0 : 0);
    }

    private static double[] Difference(double[][] columns, (int First, int Second)[] pairs) =>
        Array.ConvertAll(columns, column => pairs.Average(pair => Math.Abs(column[pair.First] - column[pair.Second])));
}
