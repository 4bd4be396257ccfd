namespace Vae;

/// <summary>Choices that no other beats.</summary>
internal static class ParetoFronts
{
    /// <summary>
    /// The places of the points than which none is less in one coordinate and not more in the other, by the first coordinate;
    /// of equal points the first alone. N values of each; points that are not finite are left out.
    /// </summary>
    public static ValueList<int> Indices(double[] first, double[] second)
    {
        if (first.Length != second.Length)
            throw new ArgumentException($"second: must be {first.Length} values as the first are, got {second.Length}", nameof(second));
        var min = double.PositiveInfinity;
        var front = new List<int>();
        foreach (var i in Enumerable.Range(0, first.Length).Where(i => double.IsFinite(first[i]) && double.IsFinite(second[i])).OrderBy(i => first[i]).ThenBy(i => second[i]))
        {
            if (second[i] < min)
                front.Add(i);
            min = Math.Min(min, second[i]);
        }
        return ValueList.From(front);
    }
}
