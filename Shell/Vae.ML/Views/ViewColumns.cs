using Microsoft.ML;
using Microsoft.ML.Data;

namespace Vae.Torch;

/// <summary>A modelled column as a data view has it.</summary>
/// <param name="Name">Its name in the schema of the table.</param>
/// <param name="Input">The column of the data view.</param>
/// <param name="Item">The type of a cell.</param>
/// <param name="Size">Numbers of the vector; 0 for a column of single cells.</param>
/// <param name="Slot">Place in the vector.</param>
internal sealed record ViewColumn(string Name, string Input, DataViewType Item, int Size = 0, int Slot = 0);

/// <summary>The columns of data views that models can be of.</summary>
internal static class ViewColumns
{
    private const string Takes = "must be of numbers, truth values, texts, dates or vectors of numbers of one length";

    /// <summary>The columns of some names, or all of a type that models take.</summary>
    /// <exception cref="VaeException">A column is not there or of another type.</exception>
    public static ValueList<ViewColumn> Find(DataViewSchema schema, ValueList<string>? names) => ValueList.From(
        names is null ? schema.Where(column => !column.IsHidden && IsTaken(column.Type)).SelectMany(Parts)
        : names.SelectMany(name => schema.GetColumnOrNull(name) is not { } column
            ? throw Missing(name, Names(schema))
            : IsTaken(column.Type) ? Parts(column)
            : throw new VaeException($"rows.{SafeText.Cut(name)}: {Takes}, got {column.Type}")));

    /// <summary>The columns of a schema's names in other rows, such as those to score.</summary>
    /// <exception cref="VaeException">A column is not there.</exception>
    public static ValueList<ViewColumn> Find(DataViewSchema schema, TableSchema table)
    {
        var all = Find(schema, names: null).ToLookup(column => column.Name);
        return ValueList.From(table.Modelled.Select(column => all[column.Name].LastOrDefault()
            ?? throw Missing(column.Name, Names(schema))));
    }

    /// <summary>The error of a column that rows do not have.</summary>
    public static VaeException Missing(string name, IEnumerable<string> given) =>
        new($"rows: must have the column {SafeText.Cut(name)}, got {string.Join(", ", given.Take(20).Select(SafeText.Cut))}");

    private static bool IsTaken(DataViewType type) => type is VectorDataViewType vector
        ? vector.Size > 0 && (vector.ItemType == NumberDataViewType.Single || vector.ItemType == NumberDataViewType.Double)
        : type is TextDataViewType or BooleanDataViewType or DateTimeDataViewType or NumberDataViewType;

    private static IEnumerable<ViewColumn> Parts(DataViewSchema.Column column) => column.Type is VectorDataViewType vector
        ? Slots(column, vector.Size).Select((name, slot) => new ViewColumn(name, column.Name, vector.ItemType, vector.Size, slot))
        : [new(column.Name, column.Name, column.Type)];

    private static IEnumerable<string> Slots(DataViewSchema.Column column, int size)
    {
        var named = default(VBuffer<ReadOnlyMemory<char>>);
        if (column.HasSlotNames())
            column.GetSlotNames(ref named);
        string[] names = [.. named.DenseValues().Select(name => name.ToString())];
        return names.Length == size && names.Distinct().Count() == size && !names.Contains("")
            ? names.Select(name => $"{column.Name}.{name}") : Enumerable.Range(0, size).Select(slot => $"{column.Name}.{slot}");
    }

    private static IEnumerable<string> Names(DataViewSchema schema) =>
        schema.Where(column => !column.IsHidden).Select(column => column.Name);
}
