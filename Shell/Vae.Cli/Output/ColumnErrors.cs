using System.Globalization;
using Vae.Torch;

namespace Vae.Cli;

/// <summary>How well the hidden cells of one column were imputed.</summary>
/// <param name="Column">Name of the column.</param>
/// <param name="Hidden">Number of hidden cells whose value is known.</param>
/// <param name="Error">Root mean squared error in the column's unit (days for a date); null for a column of classes.</param>
/// <param name="Baseline">The same for the mean of the training rows.</param>
/// <param name="Right">Fraction of cells with the right class; null for a column of numbers.</param>
/// <param name="BaselineRight">The same for the most frequent class among the hidden cells.</param>
internal sealed record ColumnError(string Column, int Hidden, double? Error, double? Baseline, double? Right, double? BaselineRight)
{
    /// <summary>The errors of the columns of a table with hidden cells.</summary>
    public static ValueList<ColumnError> Measure(TableSchema schema, Imputation imputation)
    {
        var errors = new List<ColumnError>();
        var at = 0;
        foreach (var column in schema.Modelled)
        {
            int[] hidden = [.. HiddenRows(imputation, schema.Width, at)];
            if (hidden.Length > 0)
                errors.Add(Measure(column, imputation, schema.Width, at, hidden));
            at += column.Kind.Width;
        }
        return ValueList.From(errors);
    }

    private static IEnumerable<int> HiddenRows(Imputation imputation, int width, int at)
    {
        var (observed, known) = (imputation.Observed.ToArray(), imputation.Known?.ToArray());
        return Enumerable.Range(0, observed.Length / width)
            .Where(row => observed[row * width + at] == 0 && known?[row * width + at] is null or 1);
    }

    private static ColumnError Measure(TableColumn column, Imputation imputation, int width, int at, int[] rows)
    {
        string[] Texts(NdArray values)
        {
            var all = values.ToArray();
            return Array.ConvertAll(rows, row => column.Kind.Decode(all.AsSpan(row * width + at, column.Kind.Width)));
        }
        string[] truth = Texts(imputation.Originals), given = Texts(imputation.Imputed);
        if (column.Kind is ColumnKind.Binary or ColumnKind.Categorical or ColumnKind.Ordinal)
            return new(column.Name, rows.Length, null, null, Share(truth.Zip(given, (a, b) => a == b)),
                truth.GroupBy(text => text).Max(group => group.Count()) / (double)rows.Length);
        double Error(NdArray values) => column.Kind is ColumnKind.Date date
            ? date.Deviation * Root(rows.Select(row => Number(imputation.Originals, row) - Number(values, row)))
            : Root(Texts(values).Zip(truth, (a, b) => Parse(a) - Parse(b)));
        double Number(NdArray values, int row) => values.ToArray()[row * width + at];
        return new(column.Name, rows.Length, Error(imputation.Imputed), Error(imputation.Start), null, null);
    }

    private static double Share(IEnumerable<bool> right) => right.Average(one => one ? 1.0 : 0);

    private static double Root(IEnumerable<double> differences) => Math.Sqrt(differences.Average(difference => difference * difference));

    private static double Parse(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
