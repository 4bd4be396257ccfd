namespace Vae;

/// <summary>
/// What a column of a table holds, and how a cell's text becomes the numbers that a model sees and those numbers become text
/// again. All arithmetic is in double precision, before anything is rounded to 32 bits.
/// </summary>
[Closed]
public abstract partial record ColumnKind
{
    /// <summary>Numbers that a model sees of a cell; 0 for a column that no model sees.</summary>
    public virtual int Width => 1;

    /// <summary>Its name in tables, such as <c>categorical</c>.</summary>
    internal abstract string Title { get; }

    /// <summary>The numbers of a cell whose text is trimmed.</summary>
    internal abstract EncodedCell Encode(string text);

    /// <summary>The text of <see cref="Width"/> finite numbers; the nearest that the column can hold.</summary>
    internal abstract string Decode(ReadOnlySpan<double> values);

    /// <summary>Problems of its own numbers and texts.</summary>
    internal virtual ValueList<Problem> Problems(string path) => [];
}
