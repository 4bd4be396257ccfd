using Microsoft.Data.Analysis;
using Microsoft.ML;

namespace Vae.Torch;

/// <summary>A column of cells in memory; null for a missing one.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">A float, double, whole number, bool, text or date for each row.</param>
internal sealed record GivenColumn(string Name, object?[] Values);

/// <summary>Rows of a data view or a data frame.</summary>
/// <param name="Columns">The columns, all of one length.</param>
internal sealed record CellTable(ValueList<GivenColumn> Columns)
{
    private const string InMemory = "rows";

    /// <summary>Number of rows.</summary>
    public int Count => Columns.Count == 0 ? 0 : Columns[0].Values.Length;

    /// <summary>The rows of a data view, or of a data frame, which knows more of its missing cells.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="columns">The columns to read; null for all that can be.</param>
    public static CellTable Of(IDataView rows, ValueList<string>? columns) =>
        rows is DataFrame frame ? FrameCells.Read(frame, columns) : ViewCells.Read(rows, ViewColumns.Find(rows.Schema, columns));

    /// <summary>The columns of a schema that rows have; all if they have none of them, for a message that says so.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="schema">The columns.</param>
    public static CellTable Of(IDataView rows, TableSchema schema)
    {
        var names = schema.Columns.Select(column => column.Name).ToHashSet();
        if (rows is DataFrame frame)
            return Of(rows, ValueList.From(FrameCells.Names(frame).Where(names.Contains)) is { Count: > 0 } taken ? taken : null);
        var all = ViewColumns.Find(rows.Schema, names: null);
        return ViewCells.Read(rows, ValueList.From(all.Where(column => names.Contains(column.Name))) is { Count: > 0 } some ? some : all);
    }

    /// <summary>What the columns hold, as it is inferred from a file.</summary>
    public TableInference Infer(ValueList<ColumnChoice>? choices)
    {
        Require();
        return TableFile.OfTexts(InMemory, Texts(_ => null)).Infer(choices);
    }

    /// <summary>The rows as examples of a schema, with a mask if cells may be missing.</summary>
    public Dataset Read(TableSchema schema, bool isMasked) =>
        isMasked ? Examples(schema, isMasked).WithMask() : Examples(schema, isMasked);

    /// <summary>The rows as examples of a schema, with NaN for missing cells.</summary>
    public Dataset Examples(TableSchema schema, bool isMasked)
    {
        Require();
        var kinds = schema.Columns.ToDictionary(column => column.Name, column => column.Kind);
        return TableFile.OfTexts(InMemory, Texts(name => kinds.GetValueOrDefault(name))).Read(schema, isMasked);
    }

    private TableTexts Texts(Func<string, ColumnKind?> kind)
    {
        var texts = Columns.Select(column => CellTexts.Of(column, kind(column.Name))).ToArray();
        return new(ValueList.From(Columns.Select(column => column.Name)),
            [.. Enumerable.Range(0, Count).Select(row => Array.ConvertAll(texts, column => column[row]))]);
    }

    private void Require() => VaeException.Require(Count > 0, InMemory,
        "must have at least one row and one column of numbers, truth values, "
        + "texts or dates", "none");
}
