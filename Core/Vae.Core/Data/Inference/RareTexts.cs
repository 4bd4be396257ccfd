namespace Vae;

/// <summary>
/// Texts of a column that a sample of it must hold, because one of them rules out a kind: the least and the greatest number, a number that is
/// not whole, and the first and the last word. They do not depend on the order of rows. Empty where there is none yet.
/// </summary>
internal readonly record struct RareTexts(string Least, string Greatest, string Fraction, string FirstWord, string LastWord)
{
    /// <summary>Those of no text.</summary>
    public static RareTexts None { get; } = new("", "", "", "", "");

    /// <summary>Those that there are.</summary>
    public IEnumerable<string> All => new[] { Least, Greatest, Fraction, FirstWord, LastWord }.Where(text => text.Length > 0);

    /// <summary>The texts of a column with one more.</summary>
    public RareTexts With(string text)
    {
        if (MissingCells.Contains(text) || NumberTexts.IsInfinite(text))
            return this;
        if (!NumberTexts.IsNumber(text))
            return this with { FirstWord = First(FirstWord, text), LastWord = Last(LastWord, text) };
        var isFraction = NumberTexts.Digits(text) != 0 || NumberTexts.Parse(text) != Math.Truncate(NumberTexts.Parse(text));
        return new(
            Least.Length == 0 || Compare(text, Least) < 0 ? text : Least, Greatest.Length == 0 || Compare(text, Greatest) > 0 ? text : Greatest,
            isFraction ? First(Fraction, text) : Fraction, FirstWord, LastWord);
    }

    // Numbers that are written in several ways are in ordinal order.
    private static int Compare(string a, string b) =>
        NumberTexts.Parse(a).CompareTo(NumberTexts.Parse(b)) is var order && order != 0 ? order : string.CompareOrdinal(a, b);

    private static string First(string a, string b) => a.Length == 0 || string.CompareOrdinal(b, a) < 0 ? b : a;

    private static string Last(string a, string b) => a.Length == 0 || string.CompareOrdinal(b, a) > 0 ? b : a;
}
