using Vae.Torch;

namespace Vae.Cli;

/// <summary>Writes examples whose missing values were imputed.</summary>
internal static class FilledTables
{
    /// <summary>
    /// Writes imputed examples. Of a table's file every cell that has a value stays as it is in the file, and columns that no model sees
    /// are kept; other examples are written as numbers.
    /// </summary>
    /// <param name="path">A file of rows.</param>
    /// <param name="data">What was imputed; its schema says how cells are written.</param>
    /// <param name="file">The file that the data are all rows of; null for other data.</param>
    /// <param name="observed">1 for a value that stays, [N, W].</param>
    /// <param name="imputed">The values, [N, W].</param>
    /// <param name="windows">How the table was cut into examples, which are then written step by step.</param>
    public static void Write(string path, Dataset data, string? file, NdArray observed, NdArray imputed,
        WindowSpec windows)
    {
        var values = Array.ConvertAll(imputed.ToArray(), value => (float)value);
        var isText = file is not null && data.Schema.IsTable && TableFile.IsTable(path);
        if (!isText)
        {
            var shape = ValueList.From(imputed.Dims.Skip(1));
            AnswerFiles.WriteExamples(path, new(
                data.Schema, shape.Count == 1 ? Shape.Vector(shape[0]) : Shape.Image(shape[0], shape[1], shape[2]), values)
            {
                Windows = windows,
            });
            return;
        }
        double[] stays = observed.ToArray(), all = imputed.ToArray();
        if (windows.IsUsed)
        {
            WriteSteps(path, new(WindowTable.Open(file!, data.Schema, windows, isMasked: true), windows.Rows(data.Schema), windows), stays, all);
            return;
        }
        var texts = TableFile.Open(file!, data.Schema.DecimalComma).Texts(data.Schema);
        var width = data.Schema.Width;
        TableWriter.Write(path, texts.Names, texts.Rows.Select((cells, row) =>
            Filled(data.Schema, texts, cells, all.AsSpan(row * width, width), stays.AsSpan(row * width, width))));
    }

    private sealed record Steps(WindowTable Table, TableSchema Rows, WindowSpec Windows);

    // Of the windows that a row is in, the one that shows most on both sides of it fills its cells; a row in no window stays as it is.
    private static void WriteSteps(string path, Steps of, double[] stays, double[] all)
    {
        var (texts, width, middle) = (of.Table.Texts, of.Rows.Width, (of.Windows.Steps - 1) / 2.0);
        var places = new (int Step, double Distance)?[texts.Rows.Count];
        foreach (var (row, i) in of.Table.All.SelectMany(window => window).Select((row, i) => (row, i)))
            if (Math.Abs(i % of.Windows.Steps - middle) is var distance && (places[row] is not { } known || distance < known.Distance))
                places[row] = (i, distance);
        TableWriter.Write(path, texts.Names, texts.Rows.Select((cells, row) => places[row] is not { } place ? ValueList.From(cells)
            : Filled(of.Rows, texts, cells, all.AsSpan(place.Step * width, width), stays.AsSpan(place.Step * width, width))));
    }

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
