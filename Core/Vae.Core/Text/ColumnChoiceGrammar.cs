using System.Text;

namespace Vae;

/// <summary>Reads <c>age=continuous,job=categorical:20+other,size=ordinal:S&lt;M&lt;L,zip=ignore</c>; a name with a comma or =
/// stands in quotes.</summary>
internal static class ColumnChoiceGrammar
{
    private const string Rule = "must be NAME=KIND,… with kinds continuous, log, quantile, positive, zero-inflated, binary, "
        + "ordinal[:LOW<…<HIGH], "
        + "categorical[:COUNT][+other], count, date, label or ignore";

    public static Validated<ValueList<ColumnChoice>> Read(string text)
    {
        var choices = Split(text, ',').Select(Choice).ToList();
        return choices.Contains(null)
            ? Validated.Invalid<ValueList<ColumnChoice>>([new("columns", Rule, text)])
            : Validated.Valid(ValueList.From(choices.OfType<ColumnChoice>()));
    }

    private static ColumnChoice? Choice(string text)
    {
        var parts = Split(text, '=');
        if (parts is not [var name, var kind] || name.Trim().Length == 0)
            return null;
        var other = kind.EndsWith("+other", StringComparison.Ordinal);
        var words = (other ? kind[..^"+other".Length] : kind).Trim().Split(':', 2);
        return words switch
        {
            [var plain] when ColumnChoice.Kinds.Contains(plain) && (!other
                || plain == "categorical") => new(Name(name), plain, [], 0, other),
            ["categorical", { Whole: > 0 and var max }] => new(Name(name), "categorical", [], max, other),
            ["ordinal", var levels] when !other && levels.Split('<') is { Length: > 1 } texts =>
                new(Name(name), "ordinal", ValueList.From(texts.Select(level => level.Trim()))),
            _ => null,
        };
    }

    private static string Name(string text) => text.Trim().Trim('"');

    // Quotes keep a separator in a name.
    private static List<string> Split(string text, char separator)
    {
        var (parts, part, quoted) = (new List<string>(), new StringBuilder(), false);
        foreach (var c in text)
        {
            quoted ^= c == '"';
            if (c == separator && !quoted)
            {
                parts.Add(part.ToString());
                part.Clear();
            }
            else
                part.Append(c);
        }
        parts.Add(part.ToString());
        return parts;
    }
}
