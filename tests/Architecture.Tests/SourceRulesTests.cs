using System.Text.RegularExpressions;

namespace Vae.Tests;

public partial class SourceRulesTests
{
    private const int LongestFile = 200;

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

    [GeneratedRegex(@"\A(//[^\n]*\n|[/(]\*.*?\*[/)]\s*)+(\n|using|namespace|module|open)", RegexOptions.Singleline)]
    private static partial Regex Head();

    // Whole-line comments only, not the documentation of ///.
    [GeneratedRegex(@"^[ \t]*//(?!/)([^\n]*)$", RegexOptions.Multiline)]
    private static partial Regex Comments();

    [GeneratedRegex(@"[;{}]$|^(var|let|using|return|if \(|for \(|foreach \(|while \()\b?.*[=(;]|^[\w.]+\([\w., ]*\)$")]
    private static partial Regex LooksLikeCode();
}
