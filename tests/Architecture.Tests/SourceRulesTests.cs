using System.Text.RegularExpressions;

namespace Vae.Tests;

public partial class SourceRulesTests
{
    private const int LongestFile = 200, MaxColumns = 140;

    // A line that holds one long literal or address may stay whole.
    private const double MaxLongShare = 0.005;

    // Written in parts, or this file would break its own rules.
    private static readonly string[] Forbidden = ["#" + "region", "TO" + "DO", "FIX" + "ME", "HA" + "CK", "XX" + "X:"];

    public static TheoryData<string> Files => [.. Repository.Sources];

    [Fact]
    public void ThereAreSources() => Assert.True(Repository.Sources.Count > 50);

    [Theory]
    [MemberData(nameof(Files))]
    public void NothingIsLeftForLater(string file) =>
        Assert.All(Forbidden, word => Assert.DoesNotContain(word, Repository.Read(file), StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Files))]
    public void OnlyALongFileBeginsWithAComment(string file)
    {
        var text = Repository.Read(file);
        // A file may be longer than the house's measure and say why at its top; no other has a head.
        Assert.True(!Head().IsMatch(text) || text.Count(c => c == '\n') > LongestFile);
    }

    [Theory]
    [InlineData("// Copyright\n\nusing System;", true)]
    [InlineData("// A file\n// of code\nnamespace Vae;", true)]
    [InlineData("/* Copyright */\nnamespace Vae;", true)]
    [InlineData("// The reason of the next line.\n[assembly: Something]", false)]
    [InlineData("namespace Vae;", false)]
    public void AHeadSpeaksOfTheFileAndNotOfTheNextLine(string text, bool head) => Assert.Equal(head, Head().IsMatch(text));

    [Theory]
    [MemberData(nameof(Files))]
    public void NoCodeIsCommentedOut(string file) =>
        Assert.All(Comments().Matches(Repository.Read(file)).Select(match => match.Groups[1].Value.Trim()),
            comment => Assert.False(LooksLikeCode().IsMatch(comment), comment));

    [Theory]
    [InlineData("var x = 3;")]
    [InlineData("return x;")]
    [InlineData("if (x > 3) {")]
    [InlineData("Console.WriteLine(x)")]
    [InlineData("}")]
    [InlineData("let x = 3")]
    public void CodeIsRecognized(string comment) => Assert.Matches(LooksLikeCode(), comment);

    [Theory]
    [InlineData("exp overflows float32 above 88")]
    [InlineData("σ = exp(logVar / 2) is moved by 1: the log-variance by 2/σ.")]
    [InlineData("Each row, once; no more.")]
    public void ProseIsNoCode(string comment) => Assert.DoesNotMatch(LooksLikeCode(), comment);

    public static TheoryData<string> Projects => [.. Repository.Sources.Select(Project).Distinct()];

    [Theory]
    [MemberData(nameof(Projects))]
    public void FewLinesAreLong(string project)
    {
        var lines = Repository.Sources.Where(file => Project(file) == project)
            .SelectMany(file => Repository.Read(file).Split('\n').Select((line, i) => (At: $"{file}:{i + 1}", Columns: Columns(line))))
            .ToList();
        var tooLong = lines.Where(line => line.Columns > MaxColumns).ToList();
        Assert.True(tooLong.Count < MaxLongShare * lines.Count,
            $"{project}: {tooLong.Count} of {lines.Count} lines are longer than {MaxColumns} columns\n"
            + string.Join('\n', tooLong.OrderByDescending(line => line.Columns).Select(line => $"{line.At}: {line.Columns} columns")));
    }

    [Theory]
    [InlineData("KL(q ‖ p)", 9)]
    [InlineData("x̂ ∈ ℝ", 6)]
    [InlineData("𝒩(0, I)", 7)]
    public void AColumnIsACodePoint(string line, int columns) => Assert.Equal(columns, Columns(line));

    private static int Columns(string line) => line.EnumerateRunes().Count();

    private static string Project(string file) => string.Join('/', file.Split('/').Take(2));

    [GeneratedRegex(@"\A(//[^\n]*\n|[/(]\*.*?\*[/)]\s*)+(\n|using|namespace|module|open)", RegexOptions.Singleline)]
    private static partial Regex Head();

    // Whole-line comments only, not the documentation of ///.
    [GeneratedRegex(@"^[ \t]*//(?!/)([^\n]*)$", RegexOptions.Multiline)]
    private static partial Regex Comments();

    [GeneratedRegex(@"[;{}]$|^(var|let|using|return|if \(|for \(|foreach \(|while \()\b?.*[=(;]|^[\w.]+\([\w., ]*\)$")]
    private static partial Regex LooksLikeCode();
}
