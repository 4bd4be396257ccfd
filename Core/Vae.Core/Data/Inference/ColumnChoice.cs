namespace Vae;

/// <summary>What a user says that a column holds, in place of what would be inferred.</summary>
/// <param name="Name">The column.</param>
/// <param name="Kind">One of <see cref="Kinds"/>.</param>
/// <param name="Levels">Of an ordinal column: its texts in ascending order; empty to take those of the data.</param>
/// <param name="Max">Of a categorical column: the number of categories that are kept; 0 for the default.</param>
/// <param name="Other">Of a categorical column: whether an unknown category is one of a class of others instead of an error.</param>
public sealed partial record ColumnChoice(string Name, string Kind, ValueList<string> Levels, int Max = 0, bool Other = false)
{
    /// <summary>The kinds by name: what a column can be said to hold.</summary>
    public static ValueList<string> Kinds { get; } =
        ["continuous", "log", "quantile", "positive", "zero-inflated", "binary", "ordinal",
        "categorical", "count", "date", "label", "ignore"];

    /// <summary>A column of a kind.</summary>
    public static ColumnChoice Named(string name, string kind) => new(name, kind, []);
}
