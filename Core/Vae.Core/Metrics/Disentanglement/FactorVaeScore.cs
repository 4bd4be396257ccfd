namespace Vae;

/// <summary>
/// The FactorVAE score: the accuracy with which the dimension of least variance predicts the fixed factor; Kim &amp; Mnih 2018,
/// section 4.
/// </summary>
internal static class FactorVaeScore
{
    /// <summary>
    /// The test accuracy of a majority vote, which predicts the factor from the dimension of least variance, relative to its
    /// variance over all examples, among examples with the same value of that factor. Codes [N, D], at least 2 factors, votes and
    /// examples of a vote ≥ 2 → [0, 1]; 1/F by chance, and for noise.
    /// </summary>
    public static double Compute(NdArray codes, ValueList<KnownFactor> factors, int votes = 800, int examples = 64, ulong seed = 0)
    {
        var given = FactoredCodes.Create(codes, factors, minCount: 2);
        if (votes < 2 || examples < 2)
            throw new ArgumentException($"votes, examples: must be at least 2, got {votes} and {examples}");
        var groups = new FactorGroups(given, KeyedRandom.FromSeed(seed).Fold(1));
        var columns = FactorGroups.Standardized(given.Columns);
        // A constant dimension would have the least variance in every vote, without information.
        int[] moving = [.. Enumerable.Range(0, columns.Length).Where(d => columns[d].Any(value => value != 0))];
        if (moving.Length == 0)
            return 1.0 / given.Factors.Length;
        var counts = new int[columns.Length, given.Factors.Length];
        for (var vote = 0; vote < votes; vote++)
            counts[LeastVariance(vote), groups.FactorOf(vote)]++;
        var predicted = Enumerable.Range(0, columns.Length)
            .Select(d => Enumerable.Range(0, given.Factors.Length).MaxBy(k => counts[d, k])).ToArray();
        return Enumerable.Range(votes, votes).Average(vote => predicted[LeastVariance(vote)] == groups.FactorOf(vote) ? 1.0 : 0);

        int LeastVariance(long vote) => groups.Draw(vote, examples) is var drawn ? moving.MinBy(d => Variance(columns[d], drawn)) : 0;
    }

    private static double Variance(double[] column, int[] drawn)
    {
        var mean = drawn.Average(i => column[i]);
        return drawn.Average(i => (column[i] - mean) * (column[i] - mean));
    }
}
