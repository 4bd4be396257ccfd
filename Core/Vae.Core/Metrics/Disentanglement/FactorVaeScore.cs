namespace Vae;

/// <summary>The score of FactorVAE: whether the dimension that changes least tells which factor was held. Kim &amp; Mnih 2018, section 4.</summary>
internal static class FactorVaeScore
{
    /// <summary>
    /// The accuracy of a majority vote: of examples that agree in one factor, the dimension of least variance (over its
    /// variance in all) names it. Counted on other votes than those that decide. Codes [N, D], at least 2 factors, votes and
    /// examples a vote ≥ 2 → [0, 1]; guessing gives 1/F, and so does noise.
    /// </summary>
    public static double Compute(NdArray codes, ValueList<KnownFactor> factors, int votes = 800, int examples = 64, ulong seed = 0)
    {
        var given = FactoredCodes.Create(codes, factors, minCount: 2);
        if (votes < 2 || examples < 2)
            throw new ArgumentException($"votes, examples: must be at least 2, got {votes} and {examples}");
        var groups = new FactorGroups(given, KeyedRandom.FromSeed(seed).Fold(1));
        var columns = FactorGroups.Standardized(given.Columns);
        // A dimension that never changes varies least in any vote, and knows nothing.
        int[] moving = [.. Enumerable.Range(0, columns.Length).Where(d => columns[d].Any(value => value != 0))];
        if (moving.Length == 0)
            return 1.0 / given.Factors.Length;
        var counts = new int[columns.Length, given.Factors.Length];
        for (var vote = 0; vote < votes; vote++)
            counts[Stillest(vote), groups.FactorOf(vote)]++;
        var named = Enumerable.Range(0, columns.Length).Select(d => Enumerable.Range(0, given.Factors.Length).MaxBy(k => counts[d, k])).ToArray();
        return Enumerable.Range(votes, votes).Average(vote => named[Stillest(vote)] == groups.FactorOf(vote) ? 1.0 : 0);

        int Stillest(long vote) => groups.Draw(vote, examples) is var drawn ? moving.MinBy(d => Variance(columns[d], drawn)) : 0;
    }

    private static double Variance(double[] column, int[] drawn)
    {
        var mean = drawn.Average(i => column[i]);
        return drawn.Average(i => (column[i] - mean) * (column[i] - mean));
    }
}
