namespace Vae;

/// <summary>Rows that lack the same cells.</summary>
/// <param name="Columns">Names of the columns whose cells are missing; none for complete rows.</param>
/// <param name="Rows">Number of the rows.</param>
public sealed partial record MissingPattern(ValueList<string> Columns, int Rows);

/// <summary>Which cells are missing together.</summary>
internal static class MissingPatterns
{
    /// <summary>The patterns, the most frequent first, at most some; none if every cell is there.</summary>
    public static ValueList<MissingPattern> Find(ValueList<CellColumn> columns, int max = 10)
    {
        if (!columns.Any(column => column.Values.Any(double.IsNaN)))
            return [];
        return ValueList.From(Enumerable.Range(0, CellColumns.Rows(columns))
            .GroupBy(row => ValueList.From(columns.Where(column => double.IsNaN(column.Values[row])).Select(column => column.Name)))
            .Select(group => new MissingPattern(group.Key, group.Count()))
            .OrderByDescending(pattern => pattern.Rows).ThenBy(pattern => pattern.Columns.Count).Take(max));
    }
}
