namespace Vae;

/// <summary>Comparisons of two groupings of the same examples, such as clusters of codes and known groups.</summary>
internal static class Partitions
{
    /// <summary>
    /// The adjusted Rand index: agreement over all pairs of examples, 1 for equal groupings, 0 on average for random ones of the same
    /// sizes, and possibly negative; names of groups do not matter. Two groupings with one group each, or with one example each, agree:
    /// 1. Hubert &amp; Arabie 1985, eq. 5.
    /// </summary>
    /// <param name="groups">The group of each example; at least two examples.</param>
    /// <param name="others">The group of each example in the other grouping.</param>
    /// <exception cref="ArgumentException">There are fewer than two examples, or the lengths differ.</exception>
    public static double AdjustedRandIndex(ReadOnlySpan<int> groups, ReadOnlySpan<int> others)
    {
        if (groups.Length < 2)
            throw new ArgumentException($"groups: must be of at least 2 examples, got {groups.Length}", nameof(groups));
        if (others.Length != groups.Length)
            throw new ArgumentException($"others: must be one for each of {groups.Length} examples, got {others.Length}", nameof(others));
        var both = new (int, int)[groups.Length];
        for (var i = 0; i < both.Length; i++)
            both[i] = (groups[i], others[i]);
        double together = Pairs(both), first = Pairs(groups.ToArray()), second = Pairs(others.ToArray());
        var expected = first * second / Choose2(groups.Length);
        var most = (first + second) / 2;
        return most == expected ? 1 : (together - expected) / (most - expected);
    }

    // The number of pairs of examples in the same group.
    private static double Pairs<T>(T[] groups) where T : notnull => groups.CountBy(group => group).Sum(pair => Choose2(pair.Value));

    private static double Choose2(int count) => count * (count - 1.0) / 2;
}
