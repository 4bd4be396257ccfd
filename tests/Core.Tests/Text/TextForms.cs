using System.Text.RegularExpressions;

namespace Vae.Tests;

/// <summary>Texts of a documented form: optional parts left out and written, capitals replaced by what they stand for.</summary>
internal static partial class TextForms
{
    private static readonly Dictionary<string, string[]> Meanings = new()
    {
        ["SCALE"] = ["0.5", "learned", "shared", "optimal"],
        ["COLUMNS"] = ["continuous", "binary,count*2,categorical-4,continuous*3"],
        ["LIKELIHOOD"] = ["normal:learned", "columns:binary,count"],
        ["TEMPERATURE"] = ["0.5", "linear:1:0.5:2"],
        ["GRADIENT"] = ["stl", "dreg"],
    };

    public static IEnumerable<string> Examples(string form)
    {
        if (Optional().Match(form) is { Success: true } part)
            return Examples(form.Remove(part.Index, part.Length))
                .Concat(Examples(form.Remove(part.Index, part.Length).Insert(part.Index, part.Groups[1].Value)));
        return Capitals().Match(form) is { Success: true } name
            ? Meanings.GetValueOrDefault(name.Value, ["3"])
                .SelectMany(value => Examples(form.Remove(name.Index, name.Length).Insert(name.Index, value)))
            : [form.Replace("...", "", StringComparison.Ordinal)];
    }

    // The innermost brackets first.
    [GeneratedRegex(@"\[([^\[\]]*)\]")]
    private static partial Regex Optional();

    [GeneratedRegex("[A-Z]+")]
    private static partial Regex Capitals();
}
