using System.Globalization;
using Vae.Torch;

namespace Vae.Cli;

/// <summary>Writes examples whose missing values were imputed.</summary>
internal static class FilledTables
{
    /// <summary>
    /// Writes imputed examples. Of a table's file every cell that has a value stays as it is in the file, and columns that no model sees
    /// are kept; other examples are written as numbers. Several imputations follow each other, numbered from 1 in a column.
    /// </summary>
    /// <param name="path">A file of rows.</param>
    /// <param name="data">What was imputed; its schema says how cells are written.</param>
    /// <param name="file">The file that the data are all rows of; null for other data.</param>
    /// <param name="imputation">The values, [N, W], and those that stay.</param>
    /// <param name="windows">How the table was cut into examples, which are then written step by step.</param>
    public static void Write(string path, Dataset data, string? file, Imputation imputation, WindowSpec windows)
    {
        var draws = imputation.Draws.Count > 0 ? imputation.Draws : [imputation.Imputed];
        var isText = file is not null && data.Schema.IsTable && TableFile.IsTable(path, ParquetTables.Format);
        if (!isText)
        {
            AnswerFiles.WriteExamples(path, Numbers(data, draws) with { Windows = windows });
            return;
        }
        var of = windows.IsUsed ? Cut(file!, data.Schema, windows)
            : new(TableFile.Open(file!, ParquetTables.Format, data.Schema.DecimalComma).Texts(data.Schema), data.Schema, row => row);
        var numbered = imputation.Draws.Count > 0;
        TableWriter.Write(path, numbered ? ValueList.From([AnswerFiles.Imputed]).Append(of.Texts.Names) : of.Texts.Names,
            draws.SelectMany((values, draw) => Rows(of, values.ToArray(), imputation.Observed.ToArray())
                .Select(row => numbered ? ValueList.From([Place(draw)]).Append(row) : row)), ParquetTables.Format);
    }

    /// <summary>The rows of a file, and where the values of each are among those that were imputed.</summary>
    private sealed record Source(TableTexts Texts, TableSchema Schema, Func<int, int?> Place);

    // Of the windows that a row is in, the one that shows most on both sides of it fills its cells; a row in no window stays as it is.
    private static Source Cut(string file, TableSchema schema, WindowSpec windows)
    {
        var (table, middle) = (WindowTable.Open(file, ParquetTables.Format, schema, windows, isMasked: true), (windows.Steps - 1) / 2.0);
        var places = new (int Step, double Distance)?[table.Texts.Rows.Count];
        foreach (var (row, i) in table.All.SelectMany(window => window).Select((row, i) => (row, i)))
            if (Math.Abs(i % windows.Steps - middle) is var distance && (places[row] is not { } known || distance < known.Distance))
                places[row] = (i, distance);
        return new(table.Texts, windows.Rows(schema), row => places[row]?.Step);
    }

    private static ExampleRows Numbers(Dataset data, ValueList<NdArray> draws)
    {
        var shape = ValueList.From(draws[0].Dims.Skip(1));
        return new(
            data.Schema, shape.Count == 1 ? Shape.Vector(shape[0]) : Shape.Image(shape[0], shape[1], shape[2]),
            [.. draws.SelectMany(values => values.ToArray()).Select(value => (float)value)])
        {
            Draws = draws.Count,
        };
    }

    private static IEnumerable<ValueList<string>> Rows(Source of, double[] values, double[] stays) =>
        of.Texts.Rows.Select((cells, row) => of.Place(row) * of.Schema.Width is not { } at ? ValueList.From(cells)
            : Filled(of.Schema, of.Texts, cells, values.AsSpan(at, of.Schema.Width), stays.AsSpan(at, of.Schema.Width)));

    /// <summary>The number of a draw, from 1.</summary>
    private static string Place(int draw) => (draw + 1).ToString(CultureInfo.InvariantCulture);

    private static ValueList<string> Filled(
        TableSchema schema, TableTexts texts, string[] cells, ReadOnlySpan<double> values, ReadOnlySpan<double> stays)
    {
        var (filled, decoded, at) = ((string[])cells.Clone(), TableRows.Decode(schema, values), 0);
        for (var i = 0; i < decoded.Count; i++)
        {
            var column = schema.Modelled[i];
            if (stays.Slice(at, column.Kind.Width).Contains(0))
                filled[texts.Find(column.Name)] = Mark(decoded[i], schema.DecimalComma);
            at += column.Kind.Width;
        }
        return ValueList.From(filled);
    }

    // A file has one decimal mark.
    private static string Mark(string text, bool decimalComma) =>
        decimalComma && NumberTexts.IsNumber(text) ? text.Replace('.', ',') : text;
}
