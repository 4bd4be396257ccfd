using System.Globalization;

namespace Vae;

/// <summary>What was understood of a column, for a table that people read.</summary>
/// <param name="Name">The column.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Distinct">Different values.</param>
/// <param name="Missing">Rows without a value.</param>
/// <param name="Range">The least and the greatest value, or the categories.</param>
/// <param name="Note">Why it is set aside, or what else is worth knowing; often empty.</param>
public sealed partial record ColumnSummary(string Name, string Kind, int Distinct, int Missing, string Range, string Note)
{
    private const int MaxShown = 5;

    internal static ColumnSummary Of(TableColumn column, ColumnTally tally) => new(
        column.Name, column.Kind.Title, (int)Math.Min(tally.Distinct, int.MaxValue), tally.Missing,
        RangeOf(column.Kind, tally), NoteOf(column.Kind, tally));

    private static string RangeOf(ColumnKind kind, ColumnTally tally) => kind switch
    {
        ColumnKind.Continuous or ColumnKind.Positive or ColumnKind.ZeroInflated or ColumnKind.Count =>
            Between(tally.Sorted().Select(pair => pair.Value).ToList()),
        ColumnKind.Date date => OfDates(date, tally),
        ColumnKind.Binary binary => $"{binary.Zero}, {binary.One}",
        ColumnKind.Ordinal ordinal => string.Join(" < ", ordinal.Levels.Take(2 * MaxShown)),
        ColumnKind.SetAside when tally.IsNumeric => Between(tally.Sorted().Select(pair => pair.Value).ToList()),
        _ => string.Join(", ", tally.ByFrequency().Take(MaxShown)) + (tally.Texts.Count > MaxShown ? ", …" : ""),
    };

    private static string NoteOf(ColumnKind kind, ColumnTally tally) => kind switch
    {
        ColumnKind.SetAside aside => aside.Reason,
        ColumnKind.Categorical { Other.Length: > 0 } most => $"{most.Categories.Count} categories, others are '{most.Other}'",
        ColumnKind.Date date when date.Format.StartsWith("MM/dd", StringComparison.Ordinal)
            && tally.Texts.All(text => !double.IsNaN(ColumnKind.Date.Days(text, $"dd/MM{date.Format[5..]}"))) => "month before day",
        ColumnKind.Date date => date.Periods.Count == 0 ? "" : $"with {string.Join(", ", date.Periods.Select(Cycle))}",
        ColumnKind.Label => "the label, for model.condition=label",
        _ => "",
    };

    private static string Cycle(double period) => period > 7 ? "season" : period > 1 ? "weekday" : "time of day";

    private static string Between(List<double> sorted) => sorted.Count == 0
        ? "" : string.Create(CultureInfo.InvariantCulture, $"{sorted[0]:G7} … {sorted[^1]:G7}");

    private static string OfDates(ColumnKind.Date date, ColumnTally tally)
    {
        var sorted = tally.Texts.OrderBy(text => ColumnKind.Date.Days(text, date.Format)).ToList();
        return $"{sorted[0]} … {sorted[^1]}";
    }
}
