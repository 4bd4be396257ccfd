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
    public static void Write(string path, Dataset data, string? file, Imputation imputation)
    {
        var draws = imputation.Draws.Count > 0 ? imputation.Draws : [imputation.Imputed];
        var isText = file is not null && data.Schema.IsTable && TableFile.IsTable(path, ParquetTables.Format);
        if (!isText)
        {
            AnswerFiles.WriteExamples(path, Numbers(data, draws));
            return;
        }
        var texts = TableFile.Open(file!, ParquetTables.Format, data.Schema.DecimalComma).Texts(data.Schema);
        var numbered = imputation.Draws.Count > 0;
        TableWriter.Write(path, numbered ? ValueList.From([AnswerFiles.Imputed]).Append(texts.Names) : texts.Names,
            draws.SelectMany((values, draw) => Rows(data.Schema, texts, values, imputation.Observed)
                .Select(row => numbered ? ValueList.From([Place(draw)]).Append(row) : row)), ParquetTables.Format);
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

    private static IEnumerable<ValueList<string>> Rows(TableSchema schema, TableTexts texts, NdArray values, NdArray observed)
    {
        var (width, all, stays) = (schema.Width, values.ToArray(), observed.ToArray());
        return texts.Rows.Select((cells, row) =>
            Filled(schema, texts, cells, all.AsSpan(row * width, width), stays.AsSpan(row * width, width)));
    }

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
