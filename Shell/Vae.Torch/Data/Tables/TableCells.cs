namespace Vae.Torch;

/// <summary>The cells of a table, or of a part of its rows.</summary>
/// <param name="Count">Number of rows.</param>
/// <param name="Of">The texts of a column, one for each row.</param>
/// <param name="Line">The line of a row in its file, for messages.</param>
internal sealed record TableCells(int Count, Func<int, IReadOnlyList<string>> Of, Func<int, int> Line)
{
    /// <summary>The cells of rows.</summary>
    public static TableCells OfRows(List<(string[] Cells, int Line)> rows) => new(
        rows.Count, column => rows.ConvertAll(row => row.Cells[column]), row => rows[row].Line);
}
