using System.Globalization;
using Vae.Torch;

namespace Vae.Cli;

/// <summary>Numbers of rows with what names them.</summary>
/// <param name="Names">What each row is: its place, and its class or the columns of its file that no model sees.</param>
/// <param name="Header">Names of the columns of numbers.</param>
/// <param name="Values">[N, W], flat.</param>
internal sealed record NumberRows(RowNames Names, ValueList<string> Header, float[] Values);

/// <summary>Examples as a model sees or makes them.</summary>
/// <param name="Schema">The columns of a table; none for other data.</param>
/// <param name="Shape">The shape of an example.</param>
/// <param name="Values">[N, ...], flat.</param>
internal sealed record ExampleRows(TableSchema Schema, Shape Shape, float[] Values)
{
    /// <summary>How a table was cut into the examples; then a row is written for each step.</summary>
    public WindowSpec Windows { get; init; } = WindowSpec.None;

    /// <summary>A label for each example, written beside its columns; empty for none.</summary>
    public ValueList<string> Labels { get; init; } = [];

    /// <summary>Number of draws that the examples are, one draw of all examples after the other.</summary>
    public int Draws { get; init; } = 1;
}

/// <summary>What a classifier says of N examples.</summary>
/// <param name="Names">The names of the classes.</param>
/// <param name="Likeliest">[N]: the index of the likeliest class.</param>
/// <param name="Probabilities">[N, classes].</param>
internal sealed record ClassRows(ValueList<string> Names, int[] Likeliest, NdArray Probabilities);

/// <summary>
/// Writes the answers of a model as files of rows: .csv, .tsv and .parquet with names of columns, .npy with the numbers alone.
/// </summary>
internal static class AnswerFiles
{
    /// <summary>The column of the number of a draw.</summary>
    public const string Imputed = "imputation";

    public const string Forms = ".csv, .tsv, .parquet or .npy";

    /// <summary>Whether a path names a file of rows.</summary>
    public static bool IsRows(string? path) => Path.GetExtension(path ?? "").ToLowerInvariant() is ".csv" or ".tsv" or ".parquet" or ".npy";

    /// <summary>The path, which must name a file of rows; said before anything is computed.</summary>
    public static string Rows(string path) => IsRows(path) && !Directory.Exists(path) ? path
        : throw new VaeException($"out: must be a file that ends with {Forms}, got {path}");

    /// <summary>The path, which must name a file of rows or a picture; null if there is none.</summary>
    public static string? RowsOrPicture(string? path) =>
        path is null || (IsRows(path) || Path.GetExtension(path).Equals(".png", StringComparison.OrdinalIgnoreCase))
            && !Directory.Exists(path)
            ? path : throw new VaeException($"out: must be a file that ends with {Forms} or .png, got {path}");

    /// <summary>Writes numbers of rows.</summary>
    public static void Write(string path, NumberRows rows)
    {
        var width = rows.Header.Count;
        if (IsArray(path))
            NpyWriter.Write(path, rows.Values, rows.Values.Length / width, width);
        else
            TableWriter.Write(path, rows.Names.Header.Append(rows.Header), Enumerable.Range(0, rows.Values.Length / width).Select(row =>
                rows.Names.Texts(row).Append(ValueList.From(rows.Values[(row * width)..((row + 1) * width)].Select(Text)))),
                ParquetTables.Format);
    }

    /// <summary>Writes the likeliest class of each row, and the probability of every class; a .npy has the probabilities alone.</summary>
    public static void WriteClasses(string path, RowNames names, ClassRows rows)
    {
        var header = ValueList.From(rows.Names.Select(name => $"p({name})"));
        var values = Array.ConvertAll(rows.Probabilities.ToArray(), value => (float)value);
        if (IsArray(path))
            Write(path, new NumberRows(names, header, values));
        else
            TableWriter.Write(path, names.Header.Append(["predicted"]).Append(header), values.Chunk(header.Count).Select((row, i) =>
                names.Texts(i).Append([rows.Names[rows.Likeliest[i]]]).Append(ValueList.From(row.Select(Text)))), ParquetTables.Format);
    }

    /// <summary>
    /// Writes examples as a model sees or makes them: in the columns, units and words of a table, else as plain numbers x0, x1, …;
    /// a .npy holds the numbers in the shape of the examples, without labels.
    /// </summary>
    public static void WriteExamples(string path, ExampleRows rows)
    {
        var (size, schema) = ((int)rows.Shape.Size, rows.Schema);
        var count = rows.Values.Length / size;
        if (IsArray(path))
        {
            NpyWriter.Write(path, rows.Values,
                rows.Draws == 1 ? [count, .. rows.Shape.Dims] : [rows.Draws, count / rows.Draws, .. rows.Shape.Dims]);
            return;
        }
        if (rows.Windows.IsUsed)
        {
            WriteSteps(path, rows);
            return;
        }
        var label = schema.Columns.FirstOrDefault(column => column.Kind is ColumnKind.Label)?.Name ?? "label";
        var header = schema.IsTable ? ValueList.From(schema.Modelled.Select(column => column.Name)) : Columns("x", size);
        ValueList<string> first = rows.Draws > 1 ? [Imputed] : [], last = rows.Labels.Count > 0 ? [label] : [];
        TableWriter.Write(path, first.Append(header).Append(last), Enumerable.Range(0, count).Select(row =>
        {
            var values = rows.Values.AsSpan(row * size, size).ToArray();
            var texts = schema.IsTable
                ? TableRows.Decode(schema, Array.ConvertAll(values, value => (double)value))
                : ValueList.From(values.Select(Text));
            ValueList<string> draw = rows.Draws > 1 ? [$"{1 + row / (count / rows.Draws)}"] : [];
            return draw.Append(texts).Append(rows.Labels.Count > 0 ? [rows.Labels[row]] : []);
        }), ParquetTables.Format);
    }

    // A window after the other, and of each a step after the other, in the columns of the table.
    private static void WriteSteps(string path, ExampleRows rows)
    {
        var (steps, schema) = (rows.Windows.Steps, rows.Windows.Rows(rows.Schema));
        var header = ValueList.From(["window", "step"]).Append(ValueList.From(schema.Modelled.Select(column => column.Name)));
        TableWriter.Write(path, header, rows.Values.Chunk(schema.Width).Select((values, i) => ValueList.From([
            $"{i / steps}", $"{1 + i % steps}", .. TableRows.Decode(schema, Array.ConvertAll(values, value => (double)value))])));
    }

    /// <summary>Names of numbered columns: x0, x1, ….</summary>
    public static ValueList<string> Columns(string name, int count) => ValueList.From(Enumerable.Range(0, count).Select(i => $"{name}{i}"));

    /// <summary>The shortest text that is read back as the same number.</summary>
    public static string Text(float value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static bool IsArray(string path) => path.EndsWith(".npy", StringComparison.OrdinalIgnoreCase);
}
