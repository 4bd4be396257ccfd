using System.Numerics;

namespace Vae;

/// <summary>The different texts of a column and how often each occurs: all that inference looks at, so that the order of rows
/// cannot matter.</summary>
/// <param name="Texts">Ascending by ordinal comparison; none that stands for a missing value.</param>
/// <param name="Counts">Rows of each.</param>
/// <param name="Missing">Rows without a value.</param>
/// <param name="Level">
/// Where a column has more different texts than are kept: a text is kept with probability 2^−Level by a hash of it, with all of its rows;
/// Gibbons 2001, distinct sampling. 0 if all are kept.
/// </param>
internal sealed record ColumnTally(ValueList<string> Texts, ValueList<int> Counts, int Missing, int Level = 0)
{
    /// <summary>Different texts of a column of which a sample is kept; unbiased.</summary>
    public long Distinct => (long)Texts.Count << Level;

    /// <summary>Whether other texts than those that are kept were seen.</summary>
    public bool IsSample => Level > 0;

    /// <summary>The numbers of all rows, those of texts that are not kept included; read again where they lie.</summary>
    public IEnumerable<double> All { get; private init; } = [];

    private const int MaxLevel = 63;

    private readonly Lazy<ValueList<double>> numbers = new(() => ValueList.From(Texts.Select(NumberTexts.Parse)));

    /// <summary>Rows with a value.</summary>
    public int Rows => Counts.Sum();

    /// <summary>The number of each text; NaN where it is none.</summary>
    public ValueList<double> Numbers => numbers.Value;

    /// <summary>Whether all texts are numbers.</summary>
    public bool IsNumeric => Texts.Count > 0 && !Numbers.Any(double.IsNaN);

    /// <summary>The tally of cells as read.</summary>
    /// <param name="cells">The cells; enumerated again for the moments of a column with more different texts than are kept.</param>
    /// <param name="decimalComma">Whether numbers are written with a decimal comma.</param>
    /// <param name="max">Number of different texts that are kept.</param>
    public static ColumnTally Of(IEnumerable<string> cells, bool decimalComma, int max = int.MaxValue)
    {
        var (counts, level, rare) = (new Dictionary<string, int>(StringComparer.Ordinal), 0, RareTexts.None);
        foreach (var cell in cells)
        {
            var text = NumberTexts.Normalize(cell.Trim(), decimalComma);
            if (counts.TryGetValue(text, out var rows))
                counts[text] = rows + 1;
            else
            {
                if (max < int.MaxValue)
                    rare = rare.With(text);
                if (level == 0 || IsKept(text, level))
                    counts[text] = 1;
            }
            for (; counts.Count > max && level < MaxLevel; level++)
                foreach (var other in counts.Keys.Where(other => !IsKept(other, level + 1)).ToList())
                    counts.Remove(other);
        }
        if (level > 0)
            foreach (var text in rare.All)
                counts.TryAdd(text, 1);
        var observed = counts.Where(pair => !MissingCells.Contains(pair.Key) && !NumberTexts.IsInfinite(pair.Key)).ToList();
        // "None" and "-" are missing among numbers and dates, and may be words among words.
        if (observed.Any(pair => !NumberTexts.IsNumber(pair.Key)) && DateTexts.Find(ValueList.From(observed.Select(pair =>
            pair.Key))).Length == 0)
            observed = [.. counts.Where(pair => !MissingCells.AmongWords(pair.Key))];
        var sorted = observed.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToList();
        return new(
            ValueList.From(sorted.Select(pair => pair.Key)), ValueList.From(sorted.Select(pair => Kept(pair.Key, pair.Value, level))),
            counts.Values.Sum() - sorted.Sum(pair => pair.Value), level)
        {
            All = cells.Select(cell => NumberTexts.Parse(NumberTexts.Normalize(cell.Trim(), decimalComma))).Where(x => !double.IsNaN(x)),
        };
    }

    // A zero counts as much among the texts that are kept as it does among all.
    private static int Kept(string text, int rows, int level) => IsZero(text) ? Math.Max(1, rows >> Math.Min(level, 30)) : rows;

    private static bool IsZero(string text) => NumberTexts.Parse(text) == 0;

    // By its characters alone, so that the order of rows cannot matter. What stands for a missing value is always kept, and so is zero,
    // whose share decides on the kind.
    private static bool IsKept(string text, int level) => MissingCells.Contains(text) || NumberTexts.IsInfinite(text) || IsZero(text)
        || BitOperations.TrailingZeroCount(text.Aggregate(KeyedRandom.FromSeed(0), (hash, c) => hash.Fold(c)).Bits(0)) >= level;

    /// <summary>The numbers without texts that are none, ascending, each with its rows; sums over them do not depend on the
    /// order of rows.</summary>
    public List<(double Value, int Count)> Sorted() =>
        [.. Numbers.Zip(Counts).Where(pair => !double.IsNaN(pair.First)).GroupBy(pair => pair.First, pair => pair.Second)
            .Select(group => (group.Key, group.Sum())).OrderBy(pair => pair.Key)];

    /// <summary>The texts from the most frequent on; equally frequent ones in ordinal order.</summary>
    public IEnumerable<string> ByFrequency() =>
        Texts.Zip(Counts).OrderByDescending(pair => pair.Second).ThenBy(pair => pair.First,
            StringComparer.Ordinal).Select(pair => pair.First);
}
