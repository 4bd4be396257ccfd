namespace Vae.Torch;

/// <summary>The texts of a table's rows.</summary>
/// <param name="Names">The columns, in the order of the file.</param>
/// <param name="Rows">A text for each column of each row; empty for a missing cell.</param>
public sealed record TableTexts(ValueList<string> Names, IReadOnlyList<string[]> Rows)
{
    /// <summary>Where a column stands; −1 if there is none of the name.</summary>
    internal int Find(string name) => Names.ToList().IndexOf(name);

    /// <summary>The texts of a row's cells that a model sees; empty where a cell is missing.</summary>
    /// <param name="schema">The columns.</param>
    /// <param name="values">The numbers of the row.</param>
    /// <param name="observed">1 for each number that is there.</param>
    internal static ValueList<string> Of(TableSchema schema, ReadOnlySpan<float> values, ReadOnlySpan<float> observed)
    {
        var numbers = new double[schema.Width];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = values[i];
        var (texts, at, shown) = (TableRows.Decode(schema, numbers), 0, new List<string>());
        foreach (var (column, text) in schema.Modelled.Zip(texts))
        {
            shown.Add(observed[at] > 0.5 ? text : "");
            at += column.Kind.Width;
        }
        return ValueList.From(shown);
    }
}
