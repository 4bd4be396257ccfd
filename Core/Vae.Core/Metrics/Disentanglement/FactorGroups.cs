namespace Vae;

/// <summary>Draws of examples that agree in one factor, all else as it is among them; a function of the noise.</summary>
internal sealed class FactorGroups
{
    private readonly FactoredCodes given;
    private readonly KeyedRandom random;
    private readonly int[][][] members;

    public FactorGroups(FactoredCodes given, KeyedRandom random)
    {
        (this.given, this.random) = (given, random);
        // A value that one example has says nothing of what stays the same.
        members = Array.ConvertAll(given.Factors, factor => factor.Select((place, i) => (place, i)).GroupBy(pair => pair.place)
            .OrderBy(group => group.Key).Select(group => group.Select(pair => pair.i).ToArray()).Where(group => group.Length > 1).ToArray());
        if (Array.FindIndex(members, groups => groups.Length == 0) is >= 0 and var k)
            throw new ArgumentException($"factors[{k}].values: must have a value that two examples share, got none");
    }

    /// <summary>The factor in which the examples of a vote agree.</summary>
    public int FactorOf(long vote) => (int)(vote % given.Factors.Length);

    /// <summary>The examples of a vote that have one value of its factor, drawn with repetition.</summary>
    public int[] Draw(long vote, int count)
    {
        var keyed = random.Fold(vote);
        var groups = members[FactorOf(vote)];
        var group = groups[keyed.Below(groups.Length, 0)];
        return [.. Enumerable.Range(1, count).Select(i => group[keyed.Below(group.Length, i)])];
    }

    /// <summary>Two different examples that agree in the vote's factor, a value for each pair.</summary>
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

    /// <summary>Columns divided by their deviation; 0 throughout for one that does not change.</summary>
    public static double[][] Standardized(double[][] columns) => Array.ConvertAll(columns, column =>
    {
        var mean = column.Average();
        var deviation = Math.Sqrt(column.Average(value => (value - mean) * (value - mean)));
        return Array.ConvertAll(column, value => deviation > 0 ? (value - mean) / deviation : 0);
    });
}
