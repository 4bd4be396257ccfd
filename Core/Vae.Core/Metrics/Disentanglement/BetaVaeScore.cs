namespace Vae;

/// <summary>
/// The β-VAE score: the accuracy with which a linear classifier predicts the fixed factor from differences of codes; Higgins et al.
/// 2017, section 3.
/// </summary>
internal static class BetaVaeScore
{
    /// <summary>
    /// The test accuracy of a multinomial regression that predicts a factor from the mean |z₁ − z₂| over pairs with the same value
    /// of that factor. Codes are standardized. Codes [N, D], at least 2 factors, votes ≥ 2, pairs ≥ 1 → [0, 1]; 1/F by chance, and
    /// for noise.
    /// </summary>
    public static double Compute(NdArray codes, ValueList<KnownFactor> factors, int votes = 800, int pairs = 64, ulong seed = 0)
    {
        var given = FactoredCodes.Create(codes, factors, minCount: 2);
        if (votes < 2 || pairs < 1)
            throw new ArgumentException($"votes, pairs: must be at least 2 and 1, got {votes} and {pairs}");
        var groups = new FactorGroups(given, KeyedRandom.FromSeed(seed).Fold(2));
        var columns = FactorGroups.Standardized(given.Columns);
        double[][] rows = [.. Enumerable.Range(0, 2 * votes).Select(vote => Difference(columns, groups.Pairs(vote, pairs)))];
        int[] fixedFactors = [.. Enumerable.Range(0, 2 * votes).Select(vote => groups.FactorOf(vote))];
        var fitted = MultinomialRegression.Fit(rows[..votes], fixedFactors[..votes], given.Factors.Length);
        return Enumerable.Range(votes, votes).Average(vote => fitted.Predict(rows[vote]) == fixedFactors[vote] ? 1.0 : 0);
    }

    private static double[] Difference(double[][] columns, (int First, int Second)[] pairs) =>
        Array.ConvertAll(columns, column => pairs.Average(pair => Math.Abs(column[pair.First] - column[pair.Second])));
}
