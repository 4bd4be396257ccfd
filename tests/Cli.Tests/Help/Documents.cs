using System.Text.RegularExpressions;

namespace Vae.Cli.Tests;

/// <summary>The documents of this repository that show command lines.</summary>
internal static partial class Documents
{
    private static readonly string[] Names = ["README.md", "Shell/Vae.Cli/README.md", "Core/README.md", "Shell/Vae.Torch/README.md",
        "notebooks/README.md", "tests/Claims/README.md"];

    public static string Repository { get; } = Above(new(AppContext.BaseDirectory));

    /// <summary>Each command line with the document that shows it.</summary>
    public static IEnumerable<(string Document, string Line)> Lines() =>
        from name in Names
        from Match match in Shown().Matches(File.ReadAllText(Path.Combine(Repository, name)))
        let line = match.Groups["line"].Value.Split(" #")[0].Replace(@"\|", "|", StringComparison.Ordinal).Trim()
        where !line.StartsWith("COMMAND", StringComparison.Ordinal)
        select (name, line);

    private static string Above(DirectoryInfo folder) =>
        File.Exists(Path.Combine(folder.FullName, "Vae.sln")) ? folder.FullName : Above(folder.Parent!);

    // In backticks, or at the start of a line of a block that is no synopsis in capitals.
    [GeneratedRegex(
        @"`vae (?<line>[^`]+)`|^(?:vae|dotnet run -c Release --project Shell/Vae\.Cli --) (?<line>(?![^\n]*\[OPTIONS\])[^\n]+)$",
        RegexOptions.Multiline)]
    private static partial Regex Shown();
}
