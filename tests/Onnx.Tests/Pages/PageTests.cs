using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using TorchSharp;

namespace Vae.Torch.Tests;

/// <summary>The file of a page: complete, small, closed to the network, and refused before it is written.</summary>
public sealed partial class PageTests
{
    private const int MaxMlpBytes = 3_000_000;

    [Fact]
    public void ThePageOfAnMlpIsSmall()
    {
        using var model = new VaeModel(Zoo.Mlp(TinyRuns.Input), 1);
        Assert.InRange(Written(model, EmbeddedDigits.Load(new()).Test).Length, 1_000_000, MaxMlpBytes);
    }

    [Fact]
    public void ThePolicyAllowsTheStyleAndTheScriptByTheirHashesAlone()
    {
        using var model = new VaeModel(Zoo.Mlp(TinyRuns.Input, latent: 2, hidden: 4), 1);
        var page = Written(model, TinyRuns.Digits().Test);
        Assert.Contains("content=\"default-src 'none'; script-src 'sha256-", page, StringComparison.Ordinal);
        Assert.Equal(new[] { "script", "style" }.Select(tag => $"{tag}-src '{Hash(Between(page, $"<{tag}>", $"</{tag}>"))}'"),
            Hashes().Matches(page).Select(match => match.Value));
        Assert.DoesNotContain("unsafe", page[..2000], StringComparison.Ordinal);
        Assert.DoesNotMatch(@"https?://|@import|\bsrc=|url\(|<link", page);
    }

    [Fact]
    public void TextOfUsersIsEscaped()
    {
        using var model = new VaeModel(Zoo.Mlp(TinyRuns.Input, latent: 2, hidden: 4), 1);
        var page = Written(model, TinyRuns.Digits().Test, new("</title><script>alert('{{data}}')</script>"));
        Assert.Contains("<title>&lt;/title&gt;&lt;script&gt;", page, StringComparison.Ordinal);
        Assert.Equal(3, ScriptEnds().Count(page));
    }

    [Fact]
    public void TheSeedIsThatOfTheBinarization()
    {
        using var model = new VaeModel(Zoo.Mlp(TinyRuns.Input, latent: 2, hidden: 4), 1);
        string Seeded(ulong seed) => Written(
            model, TinyRuns.Digits().Test, new() { Binarization = Binarizations.Stochastic, Seed = seed });
        Assert.Equal(Seeded(1), Seeded(1));
        Assert.NotEqual(Seeded(1), Seeded(2));
    }

    [Fact]
    public void WordsOfATableAreEscaped()
    {
        const string word = "</script><script>alert(1)</script>";
        var schema = new TableSchema([
            new(word, new ColumnKind.Categorical([word, "a", "b"])), new("label", new ColumnKind.Label([$"{word}1", "2"]))]);
        var spec = Zoo.Mlp(Shape.Vector(1), latent: 2, hidden: 4).With(likelihood: Likelihoods.OfTable(schema, isMasked: false));
        using var model = new VaeModel(spec, 1);
        using var folder = new TempFolder();
        File.WriteAllText(folder["words.csv"], string.Join('\n', $"{word},label", $"{word},{word}1", "a,2", "b,2"));
        var page = Written(model, TableFile.Open(folder["words.csv"]).Read(schema, isMasked: false));
        Assert.Equal(3, ScriptEnds().Count(page));
        Assert.Contains("\\u003C/script\\u003E", page, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatCannotBeExploredIsNamedAndNothingIsWritten()
    {
        var digits = TinyRuns.Digits().Test;
        Refused(Zoo.Mlp(TinyRuns.Input, latent: 4, hidden: 4).With(
            posterior: Posteriors.Categorical(2), prior: Priors.Uniform(Supports.Categories(2))), digits,
            "model.posterior: must have codes that are real numbers or points of the unit sphere to move among them, "
                + "got one-hot blocks of 2");
        var small = Zoo.Mlp(TinyRuns.Input, latent: 4, hidden: 4);
        Refused(small, digits.Take([]), "data: must have at least one example to explore, got none");
        Refused(small, TinyRuns.Digits().Test.WithShape(Shape.Vector(784)), "data: must have the shape 1×28×28 of the model's input");
        Refused(small, digits, "count: must be at least 1, got 0", new(Count: 0));
    }

    private static void Refused(VaeSpec spec, Dataset examples, string message, ExplorerOptions? options = null)
    {
        using var model = new VaeModel(spec, 1);
        using var folder = new TempFolder();
        Damage.Refused(() => Explorer.Write(model, examples, folder["page.html"], options), message);
        Assert.Empty(Directory.EnumerateFiles(folder.Path));
    }

    /// <summary>The text of a page.</summary>
    internal static string Written(VaeModel model, Dataset examples, ExplorerOptions? options = null)
    {
        using var folder = new TempFolder();
        Explorer.Write(model, examples, folder["page.html"], options);
        return File.ReadAllText(folder["page.html"]);
    }

    private static string Between(string page, string start, string end)
    {
        var from = page.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return page[from..page.IndexOf(end, from, StringComparison.Ordinal)];
    }

    private static string Hash(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    [GeneratedRegex("[a-z]+-src 'sha256-[A-Za-z0-9+/]{43}='")]
    private static partial Regex Hashes();

    [GeneratedRegex("</script>")]
    private static partial Regex ScriptEnds();
}
