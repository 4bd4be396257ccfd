namespace Vae;

/// <summary>Columns whose cells are one of several texts.</summary>
internal static class ClassTexts
{
    private const int MaxShown = 12;

    /// <summary>The place of the text; the last place for another if there is a class of other texts.</summary>
    public static EncodedCell Encode(ValueList<string> classes, string text, string other)
    {
        var place = classes.AsSpan().IndexOf(text);
        return place >= 0 ? EncodedCell.Of(place)
            : SameNumber(classes, text) is >= 0 and var same ? EncodedCell.Of(same)
            : MissingCells.Contains(text) ? EncodedCell.Missing
            : other.Length > 0 ? EncodedCell.Of(classes.Count)
            : EncodedCell.Refused($"must be one of {Shown(classes)}");
    }

    /// <summary>The text at the nearest place.</summary>
    public static string Nearest(ValueList<string> classes, double place) =>
        classes[(int)Math.Clamp(Math.Round(place), 0, classes.Count - 1)];

    /// <summary>Problems of the texts.</summary>
    public static ValueList<Problem> Problems(ValueList<string> classes, string path) => [
        .. Rules.If(classes.Count < 2, path, "must be at least 2 texts", classes.Count),
        .. Rules.If(classes.Distinct().Count() != classes.Count, path, "must be different texts", classes)];

    /// <summary>The first few, for a sentence.</summary>
    public static string Shown(ValueList<string> classes) => classes.Count <= MaxShown
        ? string.Join(", ", classes)
        : $"{string.Join(", ", classes.Take(MaxShown))}, … ({classes.Count} in all)";

    // 1, 1.0 and 01 are one class: a program that writes a table again may write its numbers in another form.
    private static int SameNumber(ValueList<string> classes, string text)
    {
        var number = NumberTexts.Parse(text);
        if (double.IsNaN(number))
            return -1;
        for (var i = 0; i < classes.Count; i++)
            if (NumberTexts.Parse(classes[i]) == number)
                return i;
        return -1;
    }
}
