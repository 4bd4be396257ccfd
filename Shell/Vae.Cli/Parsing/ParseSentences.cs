using System.Text.RegularExpressions;

namespace Vae.Cli;

/// <summary>What the parser of command lines says, in the words of this command: path, rule, got.</summary>
internal static partial class ParseSentences
{
    /// <summary>The sentence for a message of the parser; other messages as they are.</summary>
    public static string Of(string message) => OfType().Match(message) is { Success: true } match
        ? $"{match.Groups["option"].Value}: must be {(match.Groups["type"].Value is "Double" or "Single" ? "a number" : "a whole number in range")}, got {match.Groups["got"].Value}"
        : message;

    // A name of .NET's tells a reader of a command line nothing.
    [GeneratedRegex(@"^Cannot parse argument '(?<got>.*)' for option '--(?<option>[\w-]+)' as expected type 'System\.(?<type>U?Int32|U?Int64|Double|Single)'\.$")]
    private static partial Regex OfType();
}
