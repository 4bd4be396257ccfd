namespace Vae;

/// <summary>Kinds of a table's columns, for schemas that are made by hand; <see cref="TableSchemas"/> infers them from a file.</summary>
public static class ColumnKinds
{
    /// <summary>Whole numbers 0, 1, 2, …, as they are.</summary>
    public static ColumnKind Count { get; } = new ColumnKind.Count();

    /// <summary>One of two texts.</summary>
    /// <param name="zero">The text of 0.</param>
    /// <param name="one">The text of 1.</param>
    public static ColumnKind Binary(string zero, string one) => new ColumnKind.Binary(zero, one);

    /// <summary>One of several texts in an order.</summary>
    /// <param name="levels">The texts from the lowest to the highest.</param>
    public static ColumnKind Ordinal(ValueList<string> levels) => new ColumnKind.Ordinal(levels);

    /// <summary>One of several texts without an order.</summary>
    /// <param name="categories">The texts.</param>
    /// <param name="other">The name of a further class for all other texts; empty if another text is an error.</param>
    public static ColumnKind Categorical(ValueList<string> categories, string other = "") => new ColumnKind.Categorical(categories, other);

    /// <summary>A column that no model sees.</summary>
    /// <param name="reason">Why, as in <c>constant</c>.</param>
    public static ColumnKind SetAside(string reason) => new ColumnKind.SetAside(reason);
}
