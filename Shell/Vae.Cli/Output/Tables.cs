using Spectre.Console;

namespace Vae.Cli;

/// <summary>Prints tables for people.</summary>
internal static class Tables
{
    /// <summary>Prints a table with a title and a caption; columns whose name ends with # are right-aligned.</summary>
    public static void Write(TextWriter output, string title, string[] columns, IEnumerable<string[]> rows, string caption = "")
    {
        var table = new Table().Title(title.EscapeMarkup()).RoundedBorder();
        foreach (var column in columns)
        {
            var added = new Spectre.Console.TableColumn(column.TrimEnd('#').EscapeMarkup());
            table.AddColumn(column.EndsWith('#') ? added.RightAligned() : added);
        }
        foreach (var row in rows)
            table.AddRow([.. row.Select(cell => cell.EscapeMarkup())]);
        var console = Printing.Console(output);
        console.Write(table);
        // Not a table caption, which would wrap at the table's width.
        if (caption.Length > 0)
            output.WriteLine(caption);
    }
}
