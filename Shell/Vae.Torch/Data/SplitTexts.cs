namespace Vae.Torch;

/// <summary>The texts by which a split rule divides examples: a column of their table, or the lines of a file.</summary>
internal static class SplitTexts
{
    private static readonly Dictionary<string, int> Parts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["train"] = 0, ["training"] = 0, ["valid"] = 1, ["validation"] = 1, ["val"] = 1, ["dev"] = 1, ["test"] = 2, ["testing"] = 2,
    };

    /// <summary>A text for each example; empty for a rule that reads none.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="data">The name of the data, for messages.</param>
    /// <param name="count">Number of examples.</param>
    /// <param name="table">The texts of the data's table; null for other data.</param>
    /// <param name="root">A folder to look in for a file that is not there.</param>
    public static string[] Of(SplitRule rule, string data, int count, TableTexts? table, string root)
    {
        var by = SplitRules.By(rule);
        if (by.Length == 0)
            return [];
        if (table?.Find(by) is >= 0 and var column)
            return [.. table.Rows.Select(row => row[column].Trim())];
        var path = DataRoots.Locate(by, root);
        if (!File.Exists(path))
            throw new VaeException($"data.split: must name {(table is null ? "" : $"a column of {data} or ")}a text file, got {by}");
        var lines = Disk.Read(path, stream => new StreamReader(stream).ReadToEnd()).Split('\n').Select(line => line.Trim()).ToList();
        if (lines[^1].Length == 0)
            lines.RemoveAt(lines.Count - 1);
        return lines.Count == count ? [.. lines]
            : throw new VaeException($"{path}: must have a line for each of the {count} examples of {data}, got {lines.Count}");
    }

    /// <summary>The indices of the examples that are said to be in each part.</summary>
    /// <exception cref="VaeException">A text names no part, or no example is for training.</exception>
    public static PartIndices Named(SplitRule.Given rule, string[] texts)
    {
        var bad = Array.FindIndex(texts, text => !Parts.ContainsKey(text));
        if (bad >= 0)
            throw new VaeException($"data.split: {rule.By} must say train, validation or test, got '{SafeText.Cut(texts[bad])}' "
                + $"for example {bad + 1}");
        int[] Of(int part) => [.. Enumerable.Range(0, texts.Length).Where(i => Parts[texts[i]] == part)];
        return Of(0) is { Length: > 0 } train ? new(train, Of(1), Of(2))
            : throw new VaeException($"data.split: {rule.By} must name examples for training, got none");
    }
}
