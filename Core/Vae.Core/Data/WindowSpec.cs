namespace Vae;

/// <summary>How a table with a time column is cut into windows, of which each is an example: the steps one after the other.</summary>
/// <param name="Steps">Rows of a window; 0 if a row is an example.</param>
/// <param name="Stride">Rows between the beginnings of neighbouring windows; ≥ 1.</param>
/// <param name="Time">The column of dates or numbers by which rows are ordered.</param>
/// <param name="Group">The column that says which rows belong to one series; empty if all do.</param>
public sealed partial record WindowSpec(int Steps, int Stride = 1, string Time = "", string Group = "")
{
    /// <summary>No windows: a row is an example.</summary>
    public static WindowSpec None { get; } = new(0);

    /// <summary>Whether the table is cut into windows.</summary>
    public bool IsUsed => Steps > 0;

    /// <summary>
    /// The columns of a window, those of the first step first, as in <c>wind@1</c>. The columns of time and group are set aside.
    /// </summary>
    /// <param name="rows">The columns of a row.</param>
    public TableSchema Unrolled(TableSchema rows) => rows.With(columns: ValueList.From(Enumerable.Range(1, Steps).SelectMany(step =>
        rows.Columns.Select(column => new TableColumn($"{column.Name}@{step}", OfStep(column))))));

    /// <summary>The columns of a row, from those of a window.</summary>
    /// <param name="unrolled">The columns of all steps.</param>
    public TableSchema Rows(TableSchema unrolled) => unrolled.With(columns: ValueList.From(
        unrolled.Columns.Take(unrolled.Columns.Count / Steps).Select(column => column.With(name: column.Name[..^"@1".Length]))));

    /// <summary>Problems of its own numbers and with the columns of its windows.</summary>
    internal ValueList<Problem> Problems(TableSchema unrolled, string path) => [
        .. Rules.AtLeast($"{path}.steps", Steps, 0), .. Rules.AtLeast($"{path}.stride", Stride, 1),
        .. Rules.If(IsUsed && Time.Length == 0, $"{path}.time", "must name the column of time", "nothing"),
        .. Rules.If(IsUsed && (!unrolled.IsTable || unrolled.Columns.Count % Steps != 0
            || !unrolled.Columns.Take(unrolled.Columns.Count / Steps).All(column => column.Name.EndsWith("@1", StringComparison.Ordinal))),
            path, $"must be of a table whose columns are those of {Steps} steps, as in wind@1", $"{unrolled.Columns.Count} columns")];

    // A label is that of a row, and a window has many.
    private ColumnKind OfStep(TableColumn column) =>
        column.Name == Time ? new ColumnKind.SetAside("the time of the rows")
        : column.Name == Group ? new ColumnKind.SetAside("the series of the rows")
        : column.Kind is ColumnKind.Label ? new ColumnKind.SetAside("a label of rows, which windows do not have")
        : column.Kind;
}
