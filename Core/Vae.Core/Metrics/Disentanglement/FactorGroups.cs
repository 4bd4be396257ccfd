namespace Vae;

/// <summary>Draws examples with the same value of one factor; a pure function of the random numbers.</summary>
internal sealed class FactorGroups
{
    private readonly FactoredCodes given;
    private readonly KeyedRandom random;
    private readonly int[][][] members;

    public FactorGroups(FactoredCodes given, KeyedRandom random)
    {
        (this.given, this.random) = (given, random);
        // A value of a single example gives no pair.
        members = Array.ConvertAll(given.Factors, factor => factor.Select((value, i) => (value, i)).GroupBy(pair => pair.value)
            .OrderBy(group => group.Key).Select(group => group.Select(pair => pair.i).ToArray())
            .Where(group => group.Length > 1).ToArray());
        if (Array.FindIndex(members, groups => groups.Length == 0) is >= 0 and var k)
            throw new ArgumentException($"factors[{k}].values: must have a value that two examples share, got none");
    }

    /// <summary>The factor whose value is the same for all examples of a vote.</summary>
    public int FactorOf(long vote) => (int)(vote % given.Factors.Length);

    /// <summary>The examples of a vote, drawn with replacement from those with one value of its factor.</summary>
    public int[] Draw(long vote, int count)
    {
        var keyed = random.Fold(vote);
        var groups = members[FactorOf(vote)];
        var group = groups[keyed.Below(groups.Length, 0)];
        return [.. Enumerable.Range(1, count).Select(i => group[keyed.Below(group.Length, i)])];
    }

    /// <summary>Pairs of different examples with the same value of the vote's factor; the value is drawn for each pair.</summary>
    public (int First, int Second)[] Pairs(long vote, int count)
    {
        var groups = members[FactorOf(vote)];
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var keyed = random.Fold(vote).Fold(i);
            var group = groups[keyed.Below(groups.Length, 0)];
            var first = keyed.Below(group.Length, 1);
            return (group[first], group[(first + 1 + keyed.Below(group.Length - 1, 2)) % group.Length]);
        })];
    }

    /// <summary>Columns with mean 0 and variance 1; 0 for a constant column.</summary>
    public static double[][] Standardized(double[][] columns) => Array.ConvertAll(columns, column =>
    {
        var mean = column.Average();
        var deviation = Math.Sqrt(column.Average(value => (value - mean) * (value - mean)));
        return Array.ConvertAll(column, value => deviation > 0 ? (value - mean) / deviation : 0);
    });
}
