using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Vae.Tests;

/// <summary>The list stands in Words.txt, which is not a text of the project, so that no test contains the words.</summary>
public partial class WordsTests
{
    private const int Shown = 80;

    private static readonly (Regex Word, string Instead)[] Words = [.. File.ReadAllLines(
        Path.Combine(Repository.Root, "tests", "Architecture.Tests", "Words.txt"))
        .Where(line => line.Contains(" > ", StringComparison.Ordinal))
        .Select(line => line.Split(" > ")).Select(pair => (new Regex(Pattern(pair[0]), RegexOptions.CultureInvariant), pair[1]))];

    [Fact]
    public void TextsUseTheTermsOfTheField()
    {
        var found = Texts().SelectMany(text => Words.SelectMany(entry => entry.Word.Matches(text.Text)
            .Select(match => $"{text.File}:{text.Text.AsSpan(0, match.Index).Count('\n') + 1}: '{match.Value}' (write {entry.Instead})")))
            .Order(StringComparer.Ordinal).ToList();
        Assert.True(found.Count == 0, $"{found.Count} places, of which {Math.Min(found.Count, Shown)}:\n"
            + string.Join('\n', found.Take(Shown)));
    }

    [Theory]
    [InlineData(typeof(VaeSpec))]
    [InlineData(typeof(Torch.VaeException))]
    [InlineData(typeof(Torch.Picture))]
    [InlineData(typeof(FSharp.Num<>))]
    [InlineData(typeof(Testing.Generators))]
    public void PublicNamesSayWhatTheyAre(Type member) => Assert.Empty(
        from type in member.Assembly.GetExportedTypes()
        from name in type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Select(m => m.Name).Concat(type.GetMethods().SelectMany(method => method.GetParameters()).Select(parameter => parameter.Name!))
        where Vague().IsMatch(name)
        select $"{type.Name}.{name}");

    [Theory]
    [InlineData("lorem", "Lorem ipsum", true)]
    [InlineData("lorem", "DolorLorem", true)]
    [InlineData("lorem", "loremLoss", true)]
    [InlineData("lorem", "lorems", false)]
    [InlineData("lorem", "dolorem", false)]
    [InlineData("lorem", "model.lorem[0]", false)]
    [InlineData("lorem", "\"lorem\":", false)]
    [InlineData("lorem ipsum", "a lorem\n    /// ipsum", true)]
    public void AWordIsWholeAndNotANameInAFile(string word, string text, bool found) =>
        Assert.Equal(found, Regex.IsMatch(text, Pattern(word)));

    // From any case at the beginning to the end of a word, also inside a camel-case name. Names in JSON files are kept as they are.
    private static string Pattern(string word)
    {
        var (first, rest) = (word[..1], string.Join(@"[\s/]+", word[1..].Split(' ').Select(Regex.Escape)));
        var upper = first.ToUpperInvariant();
        return $"(?:(?<![A-Za-z])(?!(?<=[.\"]){word.Replace(' ', '.')}[.\"\\[])[{first}{upper}]|(?<=[a-z0-9]){upper}){rest}(?![a-z])";
    }

    // Sources, pages and notebooks; the comments, errors and help are in the sources.
    private static IEnumerable<(string File, string Text)> Texts() => Repository.Sources
        .Concat(Files("*.md")).Concat(Files("*.fsx")).Select(file => (file, Repository.Read(file)))
        .Concat(Files("*.ipynb").Select(file => (file, Cells(file))));

    private static IEnumerable<string> Files(string pattern) => new[] { "Core", "Shell", "tests", "notebooks" }
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), pattern, SearchOption.AllDirectories))
        .Append(Path.Combine(Repository.Root, "README.md")).Where(file => file.EndsWith(pattern[1..], StringComparison.Ordinal))
        .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal));

    private static string Cells(string file) => string.Join('\n', JsonDocument.Parse(Repository.Read(file)).RootElement.GetProperty("cells")
        .EnumerateArray().Select(cell => cell.GetProperty("source")).Select(source => source.ValueKind == JsonValueKind.Array
            ? string.Concat(source.EnumerateArray().Select(line => line.GetString())) : source.GetString()));

    [GeneratedRegex("^(Of|of|(Most|Least|Fewest|most|least|fewest)([A-Z].*)?)$")]
    private static partial Regex Vague();
}
