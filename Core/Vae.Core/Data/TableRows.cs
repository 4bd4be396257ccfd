namespace Vae;

/// <summary>A row of a table as numbers.</summary>
/// <param name="Values">As many as the schema is wide; 0 where nothing was observed.</param>
/// <param name="Observed">Whether each was observed.</param>
public sealed partial record TableRow(ValueList<double> Values, ValueList<bool> Observed);

/// <summary>Rows of a table as text and as numbers.</summary>
public static class TableRows
{
    /// <summary>The numbers of a row, or every problem of its cells.</summary>
    /// <param name="schema">The columns.</param>
    /// <param name="cells">A text for each column of the schema, those set aside too.</param>
    public static Validated<TableRow> Encode(TableSchema schema, ValueList<string> cells)
    {
        if (cells.Count != schema.Columns.Count)
            return Validated.Invalid<TableRow>([new("row", $"must have {schema.Columns.Count} cells", $"{cells.Count}")]);
        var encoded = schema.Columns.Zip(cells, (column, cell) =>
            (Owner: column, Text: cell.Trim(), Cell: column.Kind.Encode(NumberTexts.Normalize(cell.Trim(),
                schema.DecimalComma)))).ToList();
        var problems = ValueList.From(encoded.Where(one => one.Cell.Rule.Length > 0)
            .Select(one => new Problem(one.Owner.Name, one.Cell.Rule, $"'{one.Text}'")));
        return problems.Count > 0 ? Validated.Invalid<TableRow>(problems) : Validated.Valid(new TableRow(
            ValueList.From(encoded.SelectMany(one => Numbers(one.Owner, one.Cell).Select(value => double.IsNaN(value) ? 0 : value))),
            ValueList.From(encoded.SelectMany(one => Numbers(one.Owner, one.Cell).Select(value => !double.IsNaN(value))))));
    }

    private static IEnumerable<double> Numbers(TableColumn column, EncodedCell cell) =>
        cell.IsMissing ? Enumerable.Repeat(double.NaN, column.Kind.Width) : cell.Values.Take(column.Kind.Width);

    /// <summary>The texts of numbers in the units of the file, one for each column that a model sees.</summary>
    /// <param name="schema">The columns.</param>
    /// <param name="values">As many as the schema is wide; finite.</param>
    public static ValueList<string> Decode(TableSchema schema, ReadOnlySpan<double> values)
    {
        if (values.Length != schema.Width)
            throw new ArgumentException($"values: must be {schema.Width}, got {values.Length}", nameof(values));
        var texts = new List<string>();
        var at = 0;
        foreach (var column in schema.Modelled)
        {
            texts.Add(column.Kind.Decode(values.Slice(at, column.Kind.Width)));
            at += column.Kind.Width;
        }
        return ValueList.From(texts);
    }
}
