using System.Text.RegularExpressions;

namespace Vae.Tests;

/// <summary>The source files that the tests are built from.</summary>
public static partial class Repository
{
    public static string Root { get; } = Above(AppContext.BaseDirectory);

    public static IReadOnlyList<string> Sources { get; } = [.. new[] { "Core", "Shell", "tests" }
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.*", SearchOption.AllDirectories))
        .Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".fs", StringComparison.Ordinal))
        .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)];

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file)).TrimStart('\uFEFF').ReplaceLineEndings("\n");

    /// <summary>Without comments and strings, but for the holes of interpolated strings, which are code.</summary>
    public static string Code(string file) => CommentsAndStrings().Replace(Read(file), match =>
        match.Value[0] == '$' ? $" {string.Join(" ", Holes().Matches(match.Value).Select(hole => hole.Value))} " : " ");

    [GeneratedRegex("""//[^\n]*|/\*.*?\*/|\$*\"{3}.*?\"{3}|\$?@"[^"]*"|\$?"(\\.|[^"\\\n])*"|'(\\.|[^'\\\n])'""", RegexOptions.Singleline)]
    private static partial Regex CommentsAndStrings();

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Holes();

    private static string Above(string folder) =>
        File.Exists(Path.Combine(folder, "Vae.sln")) ? folder
        : Above(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Vae.sln: must lie above the tests, got none"));
}
