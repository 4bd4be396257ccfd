using Spectre.Console;

namespace Vae.Cli;

/// <summary>Rows of figures for people.</summary>
internal static class Tables
{
    /// <summary>A table; columns whose name ends with a # stand to the right.</summary>
    public static void Write(TextWriter output, string title, string[] columns, IEnumerable<string[]> rows, string caption = "")
    {
        var table = new Table().Title(title.EscapeMarkup()).RoundedBorder();
        foreach (var column in columns)
        {
            var made = new Spectre.Console.TableColumn(column.TrimEnd('#').EscapeMarkup());
            table.AddColumn(column.EndsWith('#') ? made.RightAligned() : made);
        }
        foreach (var row in rows)
            table.AddRow([.. row.Select(cell => cell.EscapeMarkup())]);
        var console = Printing.Console(output);
        console.Write(table);
        // Below the table and not within it: a caption would be broken at the table's width.
        if (caption.Length > 0)
            output.WriteLine(caption);
    }
}
