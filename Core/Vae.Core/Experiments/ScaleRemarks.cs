using System.Globalization;

namespace Vae;

/// <summary>Finds columns whose numbers are far beyond what networks learn from.</summary>
internal static class ScaleRemarks
{
    // Networks are initialized for numbers around 1; a standardized column of a million normal values stays below 6.
    private const double MaxSeen = 30;

    private const int MaxNamed = 3;

    /// <summary>A sentence for each of the first columns that an encoder sees beyond ±30, and one for all others.</summary>
    public static ValueList<string> Find(Experiment experiment, DataFacts facts)
    {
        var likelihood = experiment.Model.Likelihood;
        var columns = facts.Columns.Count > 0 ? facts.Columns : [facts.Values];
        var tables = experiment.Data.Schema.Modelled.SelectMany(column => Enumerable.Repeat(column, column.Kind.Width)).ToList();
        var far = columns.Select((values, i) => new FarColumn(i, values, Seen(likelihood, i, values), i < tables.Count ? tables[i] : null))
            .Where(column => Math.Abs(column.Seen) > MaxSeen).ToList();
        return [
            .. far.Take(MaxNamed).Select(column => IsStandardized(likelihood) ? OfStandardized(column) : OfRaw(column, likelihood, facts)),
            .. far.Count > MaxNamed ? [$"{far.Count - MaxNamed} more columns reach beyond {MaxSeen} too"] : (ValueList<string>)[]];
    }

    private sealed record FarColumn(int Place, ValueFacts Values, double Seen, TableColumn? Table)
    {
        public string Title => Table is null || Table.Name.StartsWith("column ", StringComparison.Ordinal)
            ? $"column {Place + 1}" : $"column {Place + 1} ({(Table.Name.Length > 40 ? Table.Name[..40] + "…" : Table.Name)})";

        public double Extreme => Seen < 0 ? Values.Min : Values.Max;

        public string Text => Table is { Kind.Width: 1 } ? Table.Kind.Decode([Extreme])
            : Extreme.ToString("G6", CultureInfo.InvariantCulture);
    }

    // What the encoder sees of the value of a column that is farthest from 0 there.
    private static double Seen(Likelihood likelihood, int place, ValueFacts values)
    {
        double low = Seen(likelihood, place, values.Min), high = Seen(likelihood, place, values.Max);
        return Math.Abs(low) > Math.Abs(high) ? low : high;
    }

    // Counts and positive numbers are seen as logarithms.
    private static double Seen(Likelihood likelihood, int place, double value) => likelihood switch
    {
        Likelihood.Masked masked => Seen(masked.Inner, place, value),
        Likelihood.Normal or Likelihood.Laplace or Likelihood.StudentT or Likelihood.Custom => value,
        Likelihood.Columns columns when place < columns.Items.Count && columns.Items[place] is Column.Continuous column =>
            (value - column.Mean) / column.Deviation,
        _ => 0,
    };

    private static string OfStandardized(FarColumn column) => string.Create(CultureInfo.InvariantCulture,
        $"{column.Title} reaches {column.Text}, {Math.Abs(column.Seen):0} deviations from its mean: "
        + $"check the value, or give the column the kind quantile (data.schema)");

    private static string OfRaw(FarColumn column, Likelihood likelihood, DataFacts facts)
    {
        var values = column.Values;
        var advice = facts.Columns.Count == 0 ? "divide them first"
            : $"standardize it, as model.likelihood={(likelihood is Likelihood.Masked ? "masked:" : "")}"
                + $"columns:continuous*{facts.Columns.Count} does{(IsFarFromOthers(values) ? ", or check the value" : "")}";
        return string.Create(CultureInfo.InvariantCulture,
            $"{(facts.Columns.Count == 0 ? "the values reach" : $"{column.Title} reaches")} {column.Text} (mean {values.Mean:G3}, "
            + $"deviation {values.Deviation:G3}), and networks learn from numbers near 1: {advice}");
    }

    private static bool IsStandardized(Likelihood likelihood) =>
        likelihood is Likelihood.Columns or Likelihood.Masked { Inner: Likelihood.Columns };

    private static bool IsFarFromOthers(ValueFacts values) =>
        Math.Max(values.Max - values.Mean, values.Mean - values.Min) > 10 * values.Deviation;
}
