namespace Vae;

/// <summary>The cells of a table's column as one number each: in the column's unit, days for dates, or the index of a class.</summary>
/// <param name="Name">Name of the column.</param>
/// <param name="Classes">The texts of its classes in the order of their indices; empty for numbers.</param>
/// <param name="Values">One for each row; NaN for a missing cell.</param>
/// <param name="IsDate">Whether the values are days since 1970-01-01.</param>
internal sealed record CellColumn(string Name, ValueList<string> Classes, ValueList<double> Values, bool IsDate = false)
{
    /// <summary>Whether the cells are one of several texts.</summary>
    public bool HasClasses => Classes.Count > 0;

    /// <summary>The values of the cells that have one.</summary>
    public double[] Known => [.. Values.Where(value => !double.IsNaN(value))];

    /// <summary>The cells of some rows, which may repeat.</summary>
    public CellColumn Take(IReadOnlyList<int> rows) => this with { Values = ValueList.From(rows.Select(row => Values[row])) };
}

/// <summary>Rows as a model sees them to cells.</summary>
internal static class CellColumns
{
    /// <summary>The columns that a model sees, of N rows.</summary>
    /// <param name="schema">The columns.</param>
    /// <param name="values">[N, W], W the width of the schema.</param>
    /// <param name="observed">1 for each number that is there, [N, W]; empty if all are.</param>
    public static ValueList<CellColumn> Read(TableSchema schema, ReadOnlySpan<float> values, ReadOnlySpan<float> observed = default)
    {
        var (columns, at, width) = (new List<CellColumn>(), 0, schema.Width);
        foreach (var column in schema.Modelled)
        {
            var (classes, cells, numbers) = (ClassesOf(column.Kind), new double[values.Length / width], new double[column.Kind.Width]);
            for (var row = 0; row < cells.Length; row++)
            {
                for (var i = 0; i < numbers.Length; i++)
                    numbers[i] = values[row * width + at + i];
                // The second number of a zero-inflated column is not there where the first is 0.
                cells[row] = observed.Length > 0 && observed[row * width + at] < 0.5 ? double.NaN
                    : classes.Count > 0 ? Math.Clamp(Math.Round(numbers[0]), 0, classes.Count - 1)
                    : Number(column.Kind, column.Kind.Decode(numbers));
            }
            columns.Add(new(column.Name, classes, ValueList.From(cells), column.Kind is ColumnKind.Date));
            at += column.Kind.Width;
        }
        return ValueList.From(columns);
    }

    /// <summary>The same rows of each column.</summary>
    public static ValueList<CellColumn> Take(ValueList<CellColumn> columns, IReadOnlyList<int> rows) =>
        ValueList.From(columns.Select(column => column.Take(rows)));

    /// <summary>Number of rows.</summary>
    public static int Rows(ValueList<CellColumn> columns) => columns.Count == 0 ? 0 : columns[0].Values.Count;

    /// <summary>At most some rows in a random order; a function of the random numbers.</summary>
    public static ValueList<CellColumn> Some(ValueList<CellColumn> columns, int max, KeyedRandom random)
    {
        var all = Rows(columns);
        return all <= max ? columns : Take(columns, [.. Enumerable.Range(0, all).OrderBy(row => random.Bits(row)).Take(max).Order()]);
    }

    private static ValueList<string> ClassesOf(ColumnKind kind) => kind switch
    {
        ColumnKind.Binary binary => [binary.Zero, binary.One],
        ColumnKind.Ordinal ordinal => ordinal.Levels,
        ColumnKind.Categorical { Other.Length: > 0 } open => open.Categories.Append([open.Other]),
        ColumnKind.Categorical categorical => categorical.Categories,
        _ => [],
    };

    private static double Number(ColumnKind kind, string text) =>
        kind is ColumnKind.Date date ? ColumnKind.Date.Days(text, date.Format) : NumberTexts.Parse(text);
}
