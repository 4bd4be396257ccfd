namespace Vae;

/// <summary>The kind of a column, by its texts or by a user's choice.</summary>
internal static class ColumnFits
{
    // A whole number of so few different values is a grade rather than a measure.
    private const int MaxGrades = 10;

    // Below these, a column of different words is too short to tell names from categories.
    private const int MinIdentifiers = 10;

    // Counts are small for the most part: ages and percentages begin at 0 too.
    private const double MaxTypicalCount = 10;
    private const double MaxCount = 10_000;

    /// <summary>What the texts say.</summary>
    public static ColumnKind Infer(string name, ColumnTally tally) =>
        tally.Texts.Count == 0 ? new ColumnKind.SetAside("no value in any row")
        : name.Equals("label", StringComparison.OrdinalIgnoreCase) ? WordFits.Label(tally)
        : tally.Texts.Count == 1 ? new ColumnKind.SetAside($"the same value in every row: {tally.Texts[0]}")
        : tally.Texts.Count == 2 && (!tally.IsNumeric || IsBit(tally) || tally.Rows > 2 * MinIdentifiers) ? WordFits.Binary(tally)
        : tally.IsNumeric ? OfNumbers(name, tally)
        : DateTexts.Find(tally.Texts) is { Length: > 0 } format ? DateFits.Fit(tally, format)
        : OfWords(tally);

    /// <summary>The kind that is asked for, or why the column cannot be it.</summary>
    public static Validated<ColumnKind> Fit(ColumnChoice choice, ColumnTally tally)
    {
        var numbers = tally.Sorted();
        return (choice.Kind, tally.Texts.Count, numbers.Count) switch
        {
            ("ignore", _, _) => Valid(new ColumnKind.SetAside("asked for")),
            (_, 0, _) => Refused(choice, "must have a value in some row", "none"),
            ("continuous" or "log" or "quantile" or "positive" or "zero-inflated" or "count", _, 0) =>
                Refused(choice, "must have numbers", $"'{tally.Texts[0]}'"),
            ("continuous", _, _) => Valid(NumberFits.Plain(tally)),
            ("quantile", _, _) => Valid(NumberFits.Quantile(tally)),
            ("log", _, _) => numbers[0].Value >= 0
                ? Valid(NumberFits.Log(tally))
                : Refused(choice, "must be at least 0 for a logarithm", $"{numbers[0].Value}"),
            ("zero-inflated", _, _) => numbers[0].Value >= 0
                ? Valid(NumberFits.ZeroInflated(tally))
                : Refused(choice, "must be at least 0", $"{numbers[0].Value}"),
            ("positive", _, _) => numbers[0].Value > 0
                ? Valid(NumberFits.Positive(tally))
                : Refused(choice, "must be greater than 0", $"{numbers[0].Value}"),
            ("count", _, _) => Valid(new ColumnKind.Count()),
            ("binary", 2, _) => Valid(WordFits.Binary(tally)),
            ("binary", _, _) => Refused(choice, "must have two different values", $"{tally.Texts.Count}"),
            ("ordinal" or "categorical", 1, _) => Refused(choice, "must have two different values", "1"),
            ("ordinal", _, _) => Valid(choice.Levels.Count > 0 ? new ColumnKind.Ordinal(choice.Levels) : WordFits.Ordinal(tally)),
            ("categorical", _, _) => Valid(WordFits.Categorical(tally, choice.Max > 0 ? choice.Max : WordFits.MaxCategories, choice.Other)),
            ("label", _, _) => Valid(WordFits.Label(tally)),
            ("date", _, _) => DateTexts.Find(tally.Texts) is { Length: > 0 } format
                ? Valid(DateFits.Fit(tally, format)) : Refused(choice,
                    $"must have dates of one form ({string.Join(", ", DateTexts.Formats.Take(4))}, …)", $"'{tally.Texts[0]}'"),
            _ => Refused(choice, $"must be one of {string.Join(", ", ColumnChoice.Kinds)}", choice.Kind),
        };
    }

    /// <summary>
    /// Numbers in the units of the file, moved to a mean of 0 or not; the categories of a column of words. Or that they are too many.
    /// </summary>
    public static Validated<ColumnKind> OfGiven(string name, ColumnTally tally, bool isCentred)
    {
        var isLabel = name.Equals("label", StringComparison.OrdinalIgnoreCase) && tally.Texts.Count > 0;
        var areWords = tally.Numbers.All(double.IsNaN);
        if (tally.IsSample && (isLabel || areWords))
            return Validated.Invalid<ColumnKind>([new($"columns: {name}",
                "must have numbers, or few enough words to be categories (a choice of ignore leaves the column out)",
                $"about {tally.Distinct} different texts")]);
        return Valid(isLabel ? WordFits.Label(tally)
            : areWords && tally.Texts.Count == 2 ? WordFits.Binary(tally)
            : areWords && tally.Texts.Count > 2 ? WordFits.Categorical(tally, int.MaxValue, other: false)
            : new ColumnKind.Continuous(
                ColumnTransforms.None, isCentred && tally.Sorted().Count > 0 ? NumberFits.Standardization(tally, x => x, _ => true).Mean : 0,
                1, NumberFits.Digits(tally)));
    }

    private static Validated<ColumnKind> Valid(ColumnKind kind) => Validated.Valid(kind);

    private static Validated<ColumnKind> Refused(ColumnChoice choice, string rule, string got) =>
        Validated.Invalid<ColumnKind>([new($"columns: {choice.Name}={choice.Kind}", rule, got)]);

    private static bool IsBit(ColumnTally tally) => tally.Numbers.All(number => number is 0 or 1);

    private static ColumnKind OfNumbers(string name, ColumnTally tally)
    {
        var values = tally.Sorted();
        var (least, greatest) = (values[0].Value, values[^1].Value);
        var areWhole = values.All(pair => pair.Value == Math.Truncate(pair.Value)) && NumberFits.Digits(tally) == 0;
        if (!areWhole)
            return NumberFits.Choose(tally);
        if (values.Count == tally.Rows && values.Count >= MinIdentifiers
            && (greatest - least == values.Count - 1 || IsIdentifier(name) || IsRange(tally, least, greatest)))
            return new ColumnKind.SetAside("a different whole number in every row");
        if (least > 0 && values.Count is > 1 and <= MaxGrades && greatest - least <= 2 * MaxGrades && tally.Rows >= 5 * values.Count)
            return WordFits.Ordinal(tally);
        return least == 0 && greatest <= MaxCount && Median(values, tally.Rows) is <= MaxTypicalCount && !IsSpike(values, tally.Rows)
            ? new ColumnKind.Count() : NumberFits.Choose(tally);
    }

    // About as many different numbers as lie between the ends, of which a sample is known.
    private static bool IsRange(ColumnTally tally, double least, double greatest) =>
        tally.IsSample && Math.Abs((greatest - least + 1) / tally.Distinct - 1) < 0.1;

    private static bool IsIdentifier(string name) => name.Length == 0 || name.Equals("id", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("_id", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("Id", StringComparison.Ordinal)
        || name.StartsWith("column ", StringComparison.Ordinal);

    private static double Median(List<(double Value, int Count)> values, int rows)
    {
        var below = 0;
        return values.First(pair => (below += pair.Count) * 2 >= rows).Value;
    }

    // Sums of money that are mostly 0 are no counts.
    private static bool IsSpike(List<(double Value, int Count)> values, int rows) =>
        values[^1].Value > 100 * Math.Max(1, values.Sum(pair => pair.Value * pair.Count) / rows);

    private static ColumnKind OfWords(ColumnTally tally)
    {
        if (WordFits.IsScale(tally))
            return WordFits.Ordinal(tally);
        var numbers = tally.Numbers.Count(number => !double.IsNaN(number));
        if (numbers > 0.9 * tally.Texts.Count && numbers > MinIdentifiers)
        {
            var word = tally.Texts.Zip(tally.Numbers).First(pair => double.IsNaN(pair.Second)).First;
            return new ColumnKind.SetAside($"numbers beside words such as '{Cut(word)}'");
        }
        if (tally.IsSample)
            return new ColumnKind.SetAside($"too many different texts: about {tally.Distinct}");
        if (tally.Texts.Count >= MinIdentifiers && tally.Texts.Count > tally.Rows / 2)
            return new ColumnKind.SetAside("a different text in most rows, as of a name");
        var kept = tally.ByFrequency().Take(WordFits.MaxCategories).ToHashSet();
        var share = tally.Texts.Zip(tally.Counts).Where(pair => kept.Contains(pair.First)).Sum(pair => pair.Second) / (double)tally.Rows;
        return share < 0.2 ? new ColumnKind.SetAside($"too many different texts: {tally.Texts.Count}")
            : WordFits.Categorical(tally, WordFits.MaxCategories, other: false);
    }

    private static string Cut(string text) => text.Length <= 20 ? text : text[..20] + "…";
}
