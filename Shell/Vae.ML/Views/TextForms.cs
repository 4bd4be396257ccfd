using Microsoft.ML.Data;

namespace Vae.Torch;

/// <summary>Whether a pipeline of ML.NET reads the texts of columns as the library does.</summary>
internal static class TextForms
{
    private const string InPipelines = "in a pipeline of ML.NET";

    /// <summary>Throws if it does not.</summary>
    /// <param name="schema">The columns.</param>
    /// <param name="columns">Those that a model sees, as the data view has them.</param>
    /// <param name="cells">Their cells; null for cells that are not known yet.</param>
    /// <exception cref="VaeException">A column of texts has dates, numbers or classes of another form.</exception>
    public static void Require(TableSchema schema, ValueList<ViewColumn> columns, CellTable? cells = null)
    {
        foreach (var (column, found) in schema.Modelled.Zip(columns).Where(pair => pair.Second.Item is TextDataViewType))
        {
            var path = $"rows.{SafeText.Cut(found.Input)}";
            if (column.Kind is ColumnKind.Date { Format: var format } && !IsRead(format))
                throw new VaeException($"{path}: must have dates as yyyy-MM-dd or MM/dd/yyyy, "
                    + $"or of type DateTime, {InPipelines}, got texts of the form {format}");
            if (schema.DecimalComma && Classes(column.Kind) is null && column.Kind is not ColumnKind.Date)
                throw new VaeException($"{path}: must be of numbers, or of texts with decimal points, {InPipelines}, got decimal commas");
            foreach (var text in cells?.Columns.First(known => known.Name == column.Name).Values.OfType<string>().Distinct() ?? [])
                Require(path, text, column.Kind, schema.DecimalComma);
        }
    }

    private static void Require(string path, string text, ColumnKind kind, bool decimalComma)
    {
        void Demand(bool holds, string rule) =>
            VaeException.Require(holds, path, $"{rule}, {InPipelines}", $"'{SafeText.Cut(text)}'");
        Demand(text == text.Trim(), "must have texts without spaces around them");
        if (kind is ColumnKind.Date)
            return;
        Demand(text == NumberTexts.Normalize(text, decimalComma), "must have numbers without commas");
        // A graph finds a class by its text; 1.0 is the class 1 for the library alone.
        if (Classes(kind) is { } classes && NumberTexts.IsNumber(text) && !classes.Contains(text))
            Demand(classes.All(known => NumberTexts.Parse(known) != NumberTexts.Parse(text)), "must write a number in one way");
    }

    private static ValueList<string>? Classes(ColumnKind kind) => kind switch
    {
        ColumnKind.Binary of => [of.Zero, of.One],
        ColumnKind.Ordinal of => of.Levels,
        ColumnKind.Categorical of => of.Categories,
        _ => null,
    };

    // Its culture is the invariant one, where months stand before days; a Z moves the time to that of the machine.
    private static bool IsRead(string format) => format is (['y', ..] or ['M', ..]) and not [.., 'Z'];
}
