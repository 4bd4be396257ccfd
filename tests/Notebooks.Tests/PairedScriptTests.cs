namespace Vae.Notebooks.Tests;

/// <summary>How paired scripts are written, on small notebooks.</summary>
public sealed class PairedScriptTests
{
    [Fact]
    public void ACSharpPairedScriptShowsValuesAndNamesPackages()
    {
        using var sample = new Sample("csharp");
        var script = PairedScripts.Write(sample.Notebook());
        Assert.Contains($"#:package Vae.Torch@{Packages.OwnVersion}\n", script);
        Assert.Contains("Displays.Show(Picture.Greyscale(2, 2, new byte[] { 0, 85, 170, 255 }), \"sample-picture\");", script);
        Assert.DoesNotContain("#r", script);
    }

    [Fact]
    public void ACSharpPairedScriptHasUsingsFirstAndTypesLast()
    {
        using var sample = new Sample("csharp");
        sample.Change(root => root["cells"]![1]!["source"] = "using System.IO;\nrecord Pair(int A, int B);\nvar pair = new Pair(1, 2);");
        var script = PairedScripts.Write(sample.Notebook());
        int usings = script.IndexOf("using System.IO;", StringComparison.Ordinal),
            code = script.IndexOf("var pair", StringComparison.Ordinal), type = script.IndexOf("record Pair", StringComparison.Ordinal);
        Assert.True(0 < usings && usings < code && code < type, script);
    }

    [Theory]
    [InlineData("csharp", "Console.WriteLine(missing);")]
    [InlineData("csharp", "string text = null;")]
    [InlineData("fsharp", "printfn \"%d\" missing")]
    public void APairedScriptThatDoesNotCompileIsFound(string language, string cell)
    {
        using var sample = new Sample(language);
        Assert.Equal([], PairedScriptCompilation.Problems(sample.Notebook()));
        sample.Change(root => root["cells"]![1]!["source"] = cell);
        Assert.NotEmpty(PairedScriptCompilation.Problems(sample.Notebook()));
    }

    [Theory]
    [InlineData("1\n|> string", "Displays.Show(\n    1\n    |> string\n    , \"sample-picture\")")]
    [InlineData("let x = 1\nx", "let x = 1\nDisplays.Show(x, \"sample-picture\")")]
    [InlineData("let x =\n    1", "let x =\n    1\n")]
    public void AnFSharpPairedScriptShowsTheLastExpressionOfACell(string cell, string expected)
    {
        using var sample = new Sample("fsharp");
        sample.Change(root => root["cells"]![2]!["source"] = cell);
        Assert.EndsWith(expected.Trim(), PairedScripts.Write(sample.Notebook()).Trim(), StringComparison.Ordinal);
    }
}
