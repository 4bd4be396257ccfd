namespace Vae;

/// <summary>The different texts of a column and how often each occurs: all that inference looks at, so that the order of rows cannot matter.</summary>
/// <param name="Texts">Ascending by ordinal comparison; none that stands for a missing value.</param>
/// <param name="Counts">Rows of each.</param>
/// <param name="Missing">Rows without a value.</param>
internal sealed record ColumnTally(ValueList<string> Texts, ValueList<int> Counts, int Missing)
{
    private readonly Lazy<ValueList<double>> numbers = new(() => ValueList.From(Texts.Select(NumberTexts.Parse)));

    /// <summary>Rows with a value.</summary>
    public int Rows => Counts.Sum();

    /// <summary>The number of each text; NaN where it is none.</summary>
    public ValueList<double> Numbers => numbers.Value;

    /// <summary>Whether all texts are numbers.</summary>
    public bool IsNumeric => Texts.Count > 0 && !Numbers.Any(double.IsNaN);

    /// <summary>The tally of cells as read.</summary>
    public static ColumnTally Of(IEnumerable<string> cells, bool decimalComma)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var cell in cells)
        {
            var text = NumberTexts.Normalize(cell.Trim(), decimalComma);
            counts[text] = counts.GetValueOrDefault(text) + 1;
        }
        var observed = counts.Where(pair => !MissingCells.Contains(pair.Key) && !NumberTexts.IsInfinite(pair.Key)).ToList();
        // "None" and "-" are missing among numbers and dates, and may be words among words.
        if (observed.Any(pair => !NumberTexts.IsNumber(pair.Key)) && DateTexts.Find(ValueList.From(observed.Select(pair => pair.Key))).Length == 0)
            observed = [.. counts.Where(pair => !MissingCells.AmongWords(pair.Key))];
        var sorted = observed.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToList();
        return new(
            ValueList.From(sorted.Select(pair => pair.Key)), ValueList.From(sorted.Select(pair => pair.Value)),
            counts.Values.Sum() - sorted.Sum(pair => pair.Value));
    }

    /// <summary>The numbers without texts that are none, ascending, each with its rows; sums over them do not depend on the order of rows.</summary>
    public List<(double Value, int Count)> Sorted() =>
        [.. Numbers.Zip(Counts).Where(pair => !double.IsNaN(pair.First)).GroupBy(pair => pair.First, pair => pair.Second)
            .Select(group => (group.Key, group.Sum())).OrderBy(pair => pair.Key)];

    /// <summary>The texts from the most frequent on; equally frequent ones in ordinal order.</summary>
    public IEnumerable<string> ByFrequency() =>
        Texts.Zip(Counts).OrderByDescending(pair => pair.Second).ThenBy(pair => pair.First, StringComparer.Ordinal).Select(pair => pair.First);
}
