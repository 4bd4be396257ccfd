namespace Vae;

/// <summary>One column of a table.</summary>
/// <param name="Name">As in the header.</param>
/// <param name="Kind">What it holds.</param>
public sealed partial record TableColumn(string Name, ColumnKind Kind);

/// <summary>The columns of a table in the order in which a model sees them; data of other kinds have none.</summary>
/// <param name="Columns">All columns, those set aside too.</param>
/// <param name="DecimalComma">Whether numbers are written with a decimal comma.</param>
public sealed partial record TableSchema(ValueList<TableColumn> Columns, bool DecimalComma = false)
{
    /// <summary>The schema of data that are no table.</summary>
    public static TableSchema None { get; } = new(ValueList.From<TableColumn>([]));

    /// <summary>Whether there is a table.</summary>
    public bool IsTable => Columns.Count > 0;

    /// <summary>Numbers that a model sees of a row.</summary>
    public int Width => Columns.Sum(column => column.Kind.Width);

    /// <summary>The columns that a model sees.</summary>
    public ValueList<TableColumn> Modelled => ValueList.From(Columns.Where(column => column.Kind.Width > 0));

    /// <summary>Problems of the names and kinds.</summary>
    internal ValueList<Problem> Problems(string path) => [
        .. Columns.GroupBy(column => column.Name).Where(group => group.Count() > 1)
            .Select(group => new Problem($"{path}.columns", "must have different names", $"'{group.Key}' {group.Count()} times")),
        .. Rules.If(IsTable && Width == 0, $"{path}.columns", "must have a column that a model sees", "none"),
        .. Columns.SelectMany((column, i) => column.Kind.Problems($"{path}.columns[{i}].kind"))];
}
