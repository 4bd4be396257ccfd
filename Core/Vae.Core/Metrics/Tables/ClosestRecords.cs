namespace Vae;

/// <summary>
/// Distances from rows to the closest training row, of synthetic rows against those of real rows that were held out. Synthetic rows that
/// are closer than new real ones are copies rather than draws. A distance is the mean over the columns of the difference of ranks of
/// numbers, and of 0 or 1 for equal and other classes; Gower 1971.
/// </summary>
/// <param name="Levels">Levels of the quantiles, in [0, 1].</param>
/// <param name="Synthetic">Quantiles of the distances of synthetic rows; in [0, 1].</param>
/// <param name="HeldOut">Quantiles of the distances of real rows that were held out; in [0, 1].</param>
/// <param name="Closer">Probability that a synthetic row is closer to a training row than a held-out row is, ties counted half; more
/// than 0.5 if training rows are copied.</param>
/// <param name="Copies">Fraction of synthetic rows that equal a training row in every cell.</param>
/// <param name="HeldOutCopies">The same of held-out rows.</param>
public sealed partial record RecordDistances(
    ValueList<double> Levels, ValueList<double> Synthetic, ValueList<double> HeldOut, double Closer, double Copies, double HeldOutCopies);

/// <summary>Finds the closest training rows.</summary>
internal static class ClosestRecords
{
    private const int Steps = 20;

    /// <summary>Compares the distances of synthetic and of held-out rows, each at least one.</summary>
    public static RecordDistances Compare(
        ValueList<CellColumn> training, ValueList<CellColumn> heldOut, ValueList<CellColumn> made)
    {
        Percentiles[] ranks = [.. training.Select(column => new Percentiles(column.HasClasses ? [] : column.Values))];
        double[][] known = Scaled(training, ranks);
        double[] own = Distances(Scaled(made, ranks), known, training), held = Distances(Scaled(heldOut, ranks), known, training);
        double[] levels = [.. Enumerable.Range(0, Steps + 1).Select(i => (double)i / Steps)];
        return new(
            ValueList.From(levels), Quantiles(own, levels), Quantiles(held, levels), RocCurves.Area(held, own),
            own.Average(distance => distance == 0 ? 1.0 : 0), held.Average(distance => distance == 0 ? 1.0 : 0));
    }

    private static double[][] Scaled(ValueList<CellColumn> columns, Percentiles[] ranks) =>
        [.. Enumerable.Range(0, CellColumns.Rows(columns)).Select(row => columns.Select((column, i) =>
            column.HasClasses ? column.Values[row] : ranks[i].Of(column.Values[row])).ToArray())];

    private static double[] Distances(double[][] rows, double[][] known, ValueList<CellColumn> columns)
    {
        bool[] hasClasses = [.. columns.Select(column => column.HasClasses)];
        return Array.ConvertAll(rows, row => known.Min(other => Distance(row, other, hasClasses)) / hasClasses.Length);
    }

    private static double Distance(double[] a, double[] b, bool[] hasClasses)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
            sum += double.IsNaN(a[i]) || double.IsNaN(b[i]) ? double.IsNaN(a[i]) == double.IsNaN(b[i]) ? 0 : 1
                : hasClasses[i] ? a[i] == b[i] ? 0 : 1 : Math.Abs(a[i] - b[i]);
        return sum;
    }

    private static ValueList<double> Quantiles(double[] values, double[] levels)
    {
        double[] sorted = [.. values.Order()];
        return ValueList.From(levels.Select(level => sorted[(int)Math.Round(level * (sorted.Length - 1))]));
    }
}
