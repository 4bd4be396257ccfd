using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace Vae.Cli;

/// <summary>Rewrites errors of the command-line parser in the form of other errors: path, rule, got.</summary>
internal static partial class ParseSentences
{
    /// <summary>The sentence for an error; other messages are unchanged.</summary>
    public static string Rewrite(ParseError error)
    {
        if (error.SymbolResult is OptionResult { Option.Name: var twice } && Many().IsMatch(error.Message))
            return $"{twice.TrimStart('-')}: must be given once, got {Many().Match(error.Message).Groups["count"].Value} values";
        if (error.SymbolResult is not OptionResult { Option.Name: var name }
            || OfType().Match(error.Message) is not { Success: true } match)
            return error.Message;
        var rule = match.Groups["type"].Value is "Double" or "Single" ? "a number" : "a whole number in range";
        return $"{name.TrimStart('-')}: must be {rule}, got {match.Groups["got"].Value}";
    }

    // The parser's own message names .NET types.
    private const string Pattern =
        @"^Cannot parse argument '(?<got>.*)' for option '-[\w-]+' as expected type 'System\.(?<type>U?Int32|U?Int64|Double|Single)'\.$";

    [GeneratedRegex(@"^Option '-[\w-]+' expects a single argument but (?<count>\d+) were provided\.$")]
    private static partial Regex Many();

    [GeneratedRegex(Pattern)]
    private static partial Regex OfType();
}
