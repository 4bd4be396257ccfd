using System.Globalization;

namespace Vae.Cli;

/// <summary>What was understood of a table, for people.</summary>
internal static class SchemaTables
{
    private const int MaxText = 40;

    public static void Write(TextWriter output, string source, TableInference table) => Tables.Write(
        output, TextLines.Printable(Path.GetFileName(source)), ["column", "kind", "distinct#", "missing#", "values"],
        table.Columns.Select(column => (string[])[
            Cut(column.Name), column.Kind, Whole(column.Distinct), column.Missing == 0 ? "" : Whole(column.Missing), Values(column)]),
        "what is wrong here is corrected by --columns NAME=KIND,...");

    // Of a column set aside, the reason says more than its values.
    private static string Values(ColumnSummary column) => column.Note.Length == 0 ? Cut(column.Range)
        : column.Kind == "set aside" ? Cut(column.Note) : $"{Cut(column.Range)} ({Cut(OptionNames.Translate(column.Note))})";

    private static string Cut(string text) => TextLines.Printable(text.Length <= MaxText ? text : $"{text[..MaxText]}…");

    private static string Whole(int value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
