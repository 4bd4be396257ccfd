namespace Vae;

/// <summary>A small table, written as HTML or as lines of text with aligned columns.</summary>
/// <param name="Header">The column titles; may be empty.</param>
/// <param name="Rows">The cells of each row; a row may have fewer cells than there are columns.</param>
internal sealed record TextTable(ValueList<string> Header, ValueList<ValueList<string>> Rows)
{
    /// <summary>The table as an HTML element; all text is escaped. Text is aligned left, which notebooks align right by default.</summary>
    public string ToHtml() => string.Concat(
        "<table>",
        Header.Count == 0 ? "" : $"<thead>{Row(Header, "th")}</thead>",
        $"<tbody>{string.Concat(Rows.Select(row => Row(row, "td")))}</tbody>",
        "</table>");

    /// <summary>The table as lines of text, with two spaces between columns.</summary>
    public override string ToString()
    {
        ValueList<string>[] lines = Header.Count == 0 ? [.. Rows] : [Header, .. Rows];
        var columns = lines.Select(line => line.Count).DefaultIfEmpty(0).Max();
        int[] widths = [.. Enumerable.Range(0, columns).Select(i => lines.Max(line => i < line.Count ? line[i].Length : 0))];
        return string.Join('\n', lines.Select(line => string.Join("  ", line.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd()));
    }

    private string Row(ValueList<string> cells, string element) => $"<tr>{string.Concat(cells.Select((cell, i) =>
        $"<{element}{(IsNumeric(i) ? "" : " style=\"text-align:left\"")}>{Escape(cell)}</{element}>"))}</tr>";

    private bool IsNumeric(int column) =>
        Rows.Any(row => column < row.Count) && Rows.All(row => column >= row.Count || IsNumber(row[column]));

    // A dash stands for a number that does not apply.
    private static bool IsNumber(string cell) => cell is "" or "—"
        || cell.All(c => char.IsAsciiDigit(c) || c is '.' or ',' or '-');

    private static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);
}
