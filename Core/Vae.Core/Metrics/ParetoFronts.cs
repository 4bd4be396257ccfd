namespace Vae;

/// <summary>Pareto-optimal points.</summary>
internal static class ParetoFronts
{
    /// <summary>
    /// The indices of the points that no other dominates by being smaller in one coordinate and not greater in the other, ordered by
    /// the first coordinate; of equal points only the first. N values of each; points that are not finite are skipped.
    /// </summary>
    public static ValueList<int> Indices(double[] first, double[] second)
    {
        if (first.Length != second.Length)
            throw new ArgumentException($"second: must be {first.Length} values, as many as first, got {second.Length}", nameof(second));
        var min = double.PositiveInfinity;
        var front = new List<int>();
        var finite = Enumerable.Range(0, first.Length).Where(i => double.IsFinite(first[i]) && double.IsFinite(second[i]));
        foreach (var i in finite.OrderBy(i => first[i]).ThenBy(i => second[i]))
        {
            if (second[i] < min)
                front.Add(i);
            min = Math.Min(min, second[i]);
        }
        return ValueList.From(front);
    }
}
