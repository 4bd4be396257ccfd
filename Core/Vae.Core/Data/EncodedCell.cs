namespace Vae;

/// <summary>The numbers of a cell, or why there are none.</summary>
/// <param name="Values">One for each number of the column; empty if the cell is missing or refused.</param>
/// <param name="Rule">What the text of a refused cell must be; empty otherwise.</param>
internal sealed record EncodedCell(ValueList<double> Values, string Rule)
{
    /// <summary>A cell without a value.</summary>
    public static EncodedCell Missing { get; } = new([], "");

    /// <summary>Whether the cell has no value.</summary>
    public bool IsMissing => Values.Count == 0 && Rule.Length == 0;

    /// <summary>A cell of one number.</summary>
    public static EncodedCell Of(double value) => new([value], "");

    /// <summary>A cell that the column cannot hold.</summary>
    public static EncodedCell Refused(string rule) => new([], rule);

    /// <summary>A missing cell if the text stands for none, else a refused one.</summary>
    public static EncodedCell MissingOrRefused(string text, string rule) => MissingCells.Contains(text) ? Missing : Refused(rule);
}
