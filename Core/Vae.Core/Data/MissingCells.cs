using System.Collections.Frozen;

namespace Vae;

/// <summary>The texts that stand for a missing value in files of other programs.</summary>
internal static class MissingCells
{
    private static readonly FrozenSet<string> Texts =
        new[] { "", "NA", "N/A", "NaN", "NULL", "None", "#N/A", "?", "-", "." }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // In a column of words these may be words: damage "None", a grade "-".
    private static readonly FrozenSet<string> Words = new[] { "None", "-" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>All of them, each in every casing.</summary>
    public static ValueList<string> Casings { get; } =
        ValueList.From(Texts.SelectMany(Cased).Distinct().Order(StringComparer.Ordinal));

    /// <summary>Whether a trimmed text stands for a missing value in a column of numbers or dates.</summary>
    public static bool Contains(string text) => Texts.Contains(text);

    /// <summary>Whether a trimmed text stands for a missing value in a column of words.</summary>
    internal static bool AmongWords(string text) => Texts.Contains(text) && !Words.Contains(text);

    private static IEnumerable<string> Cased(string text) => text.Aggregate(Enumerable.Repeat("", 1), (all, letter) =>
        all.SelectMany(start => new[] { start + char.ToLowerInvariant(letter), start + char.ToUpperInvariant(letter) }));
}
