using Microsoft.ML.Data;

namespace Vae.Torch;

/// <summary>Whether ML.NET reads the texts of columns as the library does.</summary>
internal static class TextForms
{
    /// <summary>Throws if it does not.</summary>
    /// <param name="schema">The columns.</param>
    /// <param name="columns">Those that a model sees, as the data view has them.</param>
    /// <exception cref="VaeException">A column of texts has dates of another form.</exception>
    public static void Require(TableSchema schema, ValueList<ViewColumn> columns)
    {
        foreach (var (column, found) in schema.Modelled.Zip(columns).Where(pair => pair.Second.Item is TextDataViewType))
            if (column.Kind is ColumnKind.Date { Format: var format } && !IsRead(format))
                throw new VaeException($"rows.{SafeText.Cut(found.Input)}: must have dates as yyyy-MM-dd or MM/dd/yyyy, "
                    + $"or of type DateTime, in a pipeline of ML.NET, got texts of the form {format}");
    }

    // Its culture is the invariant one, where months stand before days; a Z moves the time to that of the machine.
    private static bool IsRead(string format) => format is (['y', ..] or ['M', ..]) and not [.., 'Z'];
}
