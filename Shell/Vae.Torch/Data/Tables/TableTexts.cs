namespace Vae.Torch;

/// <summary>The texts of a table's rows.</summary>
/// <param name="Names">The columns, in the order of the file.</param>
/// <param name="Rows">A text for each column of each row.</param>
internal sealed record TableTexts(ValueList<string> Names, IReadOnlyList<string[]> Rows)
{
    /// <summary>Where a column stands; −1 if there is none of the name.</summary>
    public int Find(string name) => Names.ToList().IndexOf(name);
}
