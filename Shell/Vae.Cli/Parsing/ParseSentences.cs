using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace Vae.Cli;

/// <summary>Errors of the command-line parser as this command words them: path, rule, got.</summary>
internal static partial class ParseSentences
{
    /// <summary>The sentence for an error; other messages are unchanged.</summary>
    public static string Rewrite(ParseError error) =>
        error.SymbolResult is OptionResult { Option.Name: var name } && OfType().Match(error.Message) is { Success: true } match
        ? $"{name.TrimStart('-')}: must be {(match.Groups["type"].Value is "Double" or "Single" ? "a number" : "a whole number in range")}, got {match.Groups["got"].Value}"
        : error.Message;

    // The name of a .NET type means nothing to the reader of a command line.
    [GeneratedRegex(@"^Cannot parse argument '(?<got>.*)' for option '-[\w-]+' as expected type 'System\.(?<type>U?Int32|U?Int64|Double|Single)'\.$")]
    private static partial Regex OfType();
}
