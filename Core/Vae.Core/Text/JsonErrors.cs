using System.Text.Json;
using System.Text.RegularExpressions;

namespace Vae;

/// <summary>Turns the serializer's exceptions, whose messages are about .NET types, into problems of a spec.</summary>
internal static partial class JsonErrors
{
    private const string Inner = "path";
    private const string RuleKey = "rule";
    private const string Rule = "must be a spec as its JSON Schema describes it";

    /// <summary>The problem that an exception of the serializer reports.</summary>
    public static Problem ToProblem(Exception e) => new(Path(e), e.Data[RuleKey] as string ?? Rule, Reason(e));

    /// <summary>An exception whose problem has the given rule.</summary>
    public static JsonException Broken(string rule, string got) => new(got) { Data = { [RuleKey] = rule } };

    /// <summary>An exception with a step added to its path: the path of a converter's inner call starts at that call.</summary>
    public static JsonException Within(string step, Exception e) =>
        new(e.Message) { Data = { [Inner] = step + Path(e)[1..], [RuleKey] = e.Data[RuleKey] } };

    // An exception that is not a JsonException has its path only in its message.
    private static string Path(Exception e) =>
        ((e as JsonException)?.Path ?? (e.Message.Split(" Path: ") is [_, var rest, ..] ? rest.Split(" | ")[0].TrimEnd('.') : "$"))
        + e.Data[Inner];

    private static string Reason(Exception e)
    {
        var text = e.Message.Split([" Path: ", " LineNumber: "], 2, StringSplitOptions.None)[0].TrimEnd('.');
        return Unknown().Match(text) is { Success: true } unknown ? $"'{unknown.Groups[1]}', which is not a member"
            : Missing().Match(text) is { Success: true } missing ? $"none of the required {missing.Groups[1]}"
            : Null().IsMatch(text) ? "null"
            : Kind().Match(text) is { Success: true } kind ? $"the unknown kind '{kind.Groups[1]}'"
            : text.Contains("must specify a type discriminator", StringComparison.Ordinal) ? "no kind"
            : text.Contains("metadata propert", StringComparison.Ordinal) ? "a kind that is not a text, or two kinds"
            : Duplicate().Match(text) is { Success: true } twice ? $"'{twice.Groups[1]}' twice"
            : Type().IsMatch(text) ? "a value of another type, or out of range"
            : text;
    }

    [GeneratedRegex("property '(.*)' could not be mapped to any")]
    private static partial Regex Unknown();

    [GeneratedRegex("missing required properties including: (.*)$")]
    private static partial Regex Missing();

    [GeneratedRegex("doesn't allow null values")]
    private static partial Regex Null();

    [GeneratedRegex("type discriminator id '(.*)'")]
    private static partial Regex Kind();

    [GeneratedRegex("Duplicate property '(.*)' encountered")]
    private static partial Regex Duplicate();

    [GeneratedRegex("could not be converted to")]
    private static partial Regex Type();
}
