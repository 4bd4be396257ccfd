using System.Globalization;

namespace Vae.Torch;

/// <summary>Tells whether the first record of a table names its columns.</summary>
internal static class Headers
{
    private const int MaxLooked = 1000;

    /// <summary>Whether it does: words above numbers, texts that do not recur below them, or consecutive whole numbers above others.</summary>
    public static bool IsHeader(IReadOnlyList<string[]> records)
    {
        if (records.Count < 2)
            return false;
        var below = records.Skip(1).Take(MaxLooked).ToList();
        var places = Enumerable.Range(0, records[0].Length).ToList();
        var numeric = places.Where(i => below.Any(row => IsNumber(row[i])) && below.All(row => IsNumber(row[i]) || MissingCells.Contains(row[i]))).ToList();
        if (numeric.Any(i => !IsNumber(records[0][i]) && !MissingCells.Contains(records[0][i])))
            return true;
        var words = places.Except(numeric).ToList();
        if (words.Any(i => records[0][i].Length > 0 && below.Any(row => row[i] == records[0][i])))
            return false;
        return numeric.Count == 0
            ? records[0].Where(text => text.Length > 0).Distinct().Count() == records[0].Count(text => text.Length > 0)
            : words.Count + numeric.Count >= 3 && AreConsecutive(numeric, records[0]) && !AreConsecutive(numeric, records[1]);
    }

    /// <summary>Names of columns: those of the header, others by their place, and each once.</summary>
    public static ValueList<string> Names(string[] first, bool isHeader)
    {
        var names = new List<string>();
        for (var i = 0; i < first.Length; i++)
        {
            var name = isHeader && first[i].Length > 0 ? first[i] : $"column {i + 1}";
            var unique = name;
            for (var copy = 2; names.Contains(unique); copy++)
                unique = $"{name} ({copy})";
            names.Add(unique);
        }
        return ValueList.From(names);
    }

    private static bool IsNumber(string text) => NumberTexts.IsNumber(NumberTexts.Normalize(text, text.Contains(',', StringComparison.Ordinal) && NumberTexts.HasDecimalComma(text)));

    private static bool AreConsecutive(List<int> places, string[] record) =>
        places.Count >= 2 && places.Zip(places.Skip(1)).All(pair => Whole(record[pair.Second]) - Whole(record[pair.First]) == 1);

    private static double Whole(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : double.NaN;
}
