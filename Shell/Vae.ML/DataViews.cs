using Microsoft.ML;

namespace Vae.Torch;

/// <summary>Rows of data views and data frames as data sets.</summary>
public static class DataViews
{
    /// <summary>
    /// The rows as a data set of a table. What columns hold is inferred as from a file, and is in <see cref="Dataset.Schema"/>; with
    /// missing cells the data set has a mask. A vector is a block of columns: <c>Features.0</c>, <c>Features.1</c>, …, or by its slot
    /// names.
    /// </summary>
    /// <param name="rows">A data view, or a data frame, which is one.</param>
    /// <param name="columns">The columns to read; null for all of numbers, truth values, texts, dates, and vectors of numbers.</param>
    /// <param name="choices">What some columns hold, in place of what is inferred.</param>
    /// <exception cref="VaeException">There is no row, a column is missing or of another type, or a choice does not fit.</exception>
    /// <example>
    /// <code>
    /// var data = DataFrame.LoadCsv("people.csv").ToDataset();
    /// </code>
    /// </example>
    public static Dataset ToDataset(this IDataView rows, ValueList<string>? columns = null, ValueList<ColumnChoice>? choices = null)
    {
        var cells = CellTable.Of(rows, columns);
        var understood = cells.Infer(choices);
        return cells.Read(understood.Schema, understood.HasMissing);
    }

    /// <summary>The rows as examples of a known table, such as that of a run: by the names of columns.</summary>
    /// <param name="rows">A data view, or a data frame, which is one.</param>
    /// <param name="schema">The columns.</param>
    /// <param name="isMasked">Whether cells may be missing; then the examples have a mask.</param>
    /// <exception cref="VaeException">Every column that is missing, or has a cell that it cannot hold.</exception>
    public static Dataset ToDataset(this IDataView rows, TableSchema schema, bool isMasked) =>
        CellTable.Of(rows, schema).Read(schema, isMasked);

    /// <summary>The numbers of a vector as rows, taken as they are; NaN marks a missing value, and then the data set has a mask.</summary>
    /// <param name="rows">A data view.</param>
    /// <param name="column">A column of vectors of one length.</param>
    /// <exception cref="VaeException">The column is missing or of another type, or a number is infinite.</exception>
    public static Dataset ToRows(this IDataView rows, string column) => Dataset.FromRows(ViewCells.Rows(rows, column));
}
