namespace Vae;

/// <summary>Categories that fit a column of texts.</summary>
internal static class WordFits
{
    /// <summary>Categories that a model sees by default; rarer ones are one class.</summary>
    public const int MaxCategories = 30;

    private const string Other = "other";

    // Words whose order everyone knows; a column of some of one row is ordinal.
    private static readonly ValueList<string>[] Scales = [
        ["tiny", "small", "medium", "large", "huge"], ["very low", "low", "medium", "high", "very high"], ["low", "moderate", "high"],
        ["never", "rarely", "sometimes", "often", "always"], ["poor", "fair", "good", "very good", "excellent"],
        ["none", "minor", "moderate", "major", "severe"],
        ["strongly disagree", "disagree", "neutral", "agree", "strongly agree"], ["xs", "s", "m", "l", "xl", "xxl"]];

    private static readonly ValueList<string> Negatives = ["0", "false", "no", "n", "f", "off"];

    /// <summary>The two texts, the one that says no first.</summary>
    public static ColumnKind Binary(ColumnTally tally)
    {
        var (first, second) = (tally.Texts[0], tally.Texts[1]);
        var turned = Negatives.Contains(second.ToLowerInvariant())
            || tally.IsNumeric && tally.Numbers[0] > tally.Numbers[1];
        return turned ? new ColumnKind.Binary(second, first) : new ColumnKind.Binary(first, second);
    }

    /// <summary>Numbers in their order, words of a known scale in that of the scale, others in that of the alphabet.</summary>
    public static ColumnKind Ordinal(ColumnTally tally) => tally.IsNumeric
        ? new ColumnKind.Ordinal(ValueList.From(tally.Texts.OrderBy(NumberTexts.Parse)))
        : new ColumnKind.Ordinal(Scale(tally) is { } scale ? ValueList.From(tally.Texts.OrderBy(text => Place(scale, text))) : tally.Texts);

    /// <summary>Whether all texts are of one known scale, three of them at least.</summary>
    public static bool IsScale(ColumnTally tally) => tally.Texts.Count >= 3 && Scale(tally) is not null;

    /// <summary>The most frequent texts in ordinal order, and a class for the others if there are more or it is asked for.</summary>
    public static ColumnKind Categorical(ColumnTally tally, int max, bool other)
    {
        var kept = ValueList.From(tally.ByFrequency().Take(max).Order(StringComparer.Ordinal));
        return new ColumnKind.Categorical(kept, other || kept.Count < tally.Texts.Count ? Name(tally.Texts) : "");
    }

    /// <summary>The labels: numbers in their order, words in ordinal order.</summary>
    public static ColumnKind Label(ColumnTally tally) =>
        new ColumnKind.Label(tally.IsNumeric ? ValueList.From(tally.Texts.OrderBy(NumberTexts.Parse)) : tally.Texts);

    private static ValueList<string>? Scale(ColumnTally tally) =>
        Scales.FirstOrDefault(scale => tally.Texts.All(text => Place(scale, text) >= 0));

    private static int Place(ValueList<string> scale, string text) => scale.AsSpan().IndexOf(text.ToLowerInvariant());

    private static string Name(ValueList<string> texts) => texts.Contains(Other) ? $"({Other})" : Other;
}
