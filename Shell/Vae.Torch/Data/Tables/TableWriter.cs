using System.Buffers;

namespace Vae.Torch;

/// <summary>Writes tables in the columns, units and words of the file that a schema was inferred from.</summary>
public static class TableWriter
{
    private static readonly SearchValues<char> Special = SearchValues.Create("\"\n\r\t,;|");

    /// <summary>Writes rows of numbers as text, one column for each that a model sees. The file is replaced as a whole.</summary>
    /// <param name="path">A .tsv is separated by tabs, any other file by commas.</param>
    /// <param name="schema">The columns.</param>
    /// <param name="values">[N, W], W the width of the schema: what a model sees, reconstructs or draws; finite.</param>
    /// <param name="format">
    /// A format beside .csv and .tsv, such as <c>ParquetTables.Format</c> of the package Vae.Parquet; null for none.
    /// </param>
    public static void Write(string path, TableSchema schema, float[,] values, ITableFormat? format = null)
    {
        if (values.GetLength(1) != schema.Width)
            throw new VaeException($"{path}: must be written from rows of {schema.Width} numbers, got {values.GetLength(1)}");
        Write(path, ValueList.From(schema.Modelled.Select(column => column.Name)), Enumerable.Range(0,
            values.GetLength(0)).Select(row => Decode(schema, values, row)), format);
    }

    /// <summary>Writes a header and rows of texts. The file is replaced as a whole.</summary>
    /// <param name="path">A .tsv is separated by tabs, any other file by commas.</param>
    /// <param name="header">The names of columns.</param>
    /// <param name="rows">A text for each column.</param>
    /// <param name="format">A format beside .csv and .tsv; null for none.</param>
    public static void Write(string path, ValueList<string> header, IEnumerable<ValueList<string>> rows, ITableFormat? format = null)
    {
        if (TableFile.IsOf(format, path))
        {
            var table = new TableTexts(header, [.. rows.Select(row => row.ToArray())]);
            AtomicFile.Write(path, stream => format!.Write(stream, table));
            return;
        }
        var delimiter = path.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase) ? '\t' : ',';
        AtomicFile.Write(path, stream =>
        {
            using var writer = new StreamWriter(stream, leaveOpen: true);
            foreach (var row in rows.Prepend(header))
                writer.Write(string.Join(delimiter, row.Select(Quoted)) + "\n");
        });
    }

    private static ValueList<string> Decode(TableSchema schema, float[,] values, int row)
    {
        var numbers = new double[schema.Width];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = values[row, i];
        return TableRows.Decode(schema, numbers);
    }

    // Spaces at the ends are lost where cells are trimmed.
    private static string Quoted(string text) => text.AsSpan().ContainsAny(Special) || text != text.Trim()
        ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
