using System.Text.Json.Nodes;

namespace Vae.Notebooks.Tests;

/// <summary>That the checker finds what it is there for, on small notebooks made wrong in one place.</summary>
[Collection(nameof(BuiltFeed))]
public sealed class CheckerTests(BuiltFeed built, Sessions sessions) : IClassFixture<Sessions>
{
    [Fact]
    public void ASoundNotebookHasNoProblems()
    {
        using var sample = new Sample("csharp");
        Assert.Equal([], Checks.Problems(sample.Notebook(), built.Feed));
    }

    public static TheoryData<string, string, string> Broken => new()
    {
        { "csharp", "Console.WriteLine(missing)", "missing" },
        { "csharp", "throw new InvalidOperationException(\"broken\");", "broken" },
        { "csharp", "Console.Error.WriteLine(\"a complaint\")", "a complaint" },
        { "csharp", "new object()", "show itself" },
        { "csharp", "int Unused() { int unused; return 1; }", "unused" },
        { "fsharp", "printfn \"%d\" missing", "missing" },
        { "fsharp", "(failwith \"broken\": unit)", "broken" },
        { "fsharp", "let f x = match x with Some y -> y", "incomplete" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void ABrokenCellIsFound(string language, string code, string found)
    {
        var failures = Outputs.Failures("text", sessions.Of(language).Run(code));
        Assert.Contains(found, Assert.Single(failures, p => p.Contains("failed") || p.Contains("error")), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void ACellThatDoesNotEndIsEnded()
    {
        using var sample = new Sample("csharp");
        sample.Change(root =>
        {
            root["cells"]![0]!["source"] = "";
            root["cells"]![1]!["source"] = "while (true) System.Threading.Thread.Sleep(10);";
        });
        Assert.Throws<TimeoutException>(() => Execution.Run(sample.Notebook(), built.Feed, TimeSpan.FromSeconds(8)));
    }

    [Fact]
    public void AMissingPictureIsFound()
    {
        using var sample = new Sample("csharp");
        sample.Change(root => root["cells"]![2]!["outputs"] = new JsonArray());
        Assert.Equal(["picture.outputs: must be the 1 that the cell gives (image/png+text/plain), got 0 (none)"],
            Checks.Problems(sample.Notebook(), built.Feed));
    }

    [Fact]
    public void APictureOfAnotherSizeIsFound()
    {
        using var sample = new Sample("csharp");
        sample.Change(root => root["cells"]![2]!["source"] = ((string)root["cells"]![2]!["source"]!).Replace("2, 2", "4, 1"));
        Assert.Contains("picture of the size", Checks.Problems(sample.Notebook(), built.Feed)[0]);
    }

    [Theory]
    [InlineData("Vae.Torch, 0.0.1", "references.Vae.Torch: must be")]
    [InlineData("Vae.Torch, *", "references: must read")]
    [InlineData("Some.Package, 1.0.0", "references.Some.Package: must be a package that this repository knows")]
    public void AStaleReferenceIsFound(string reference, string found)
    {
        using var sample = new Sample("csharp");
        sample.Change(root => root["cells"]![0]!["source"] = $"#r \"nuget: {reference}\"\n{root["cells"]![0]!["source"]}");
        Assert.Contains(Checks.Form(sample.Notebook()), problem => problem.StartsWith(found, StringComparison.Ordinal));
    }

    [Fact]
    public void TorchSharpByItselfNeedsItsNatives()
    {
        using var sample = new Sample("csharp");
        sample.Change(root => root["cells"]![0]!["source"] = $"{root["cells"]![0]!["source"]}\nusing TorchSharp;");
        Assert.Equal(["references: must be followed by TorchRuntime.Load() where TorchSharp is used by itself, got none"],
            Checks.Form(sample.Notebook()));
    }

    public static TheoryData<string, string, string?> Forms => new()
    {
        { "nbformat_minor", "nbformat_minor: must be 5", "4" },
        { "metadata.kernelspec.name", "metadata.kernelspec.name: must be", "\"python3\"" },
        { "metadata.kernelspec.language", "metadata.kernelspec.language: must be C#", "\"F#\"" },
        { "metadata.polyglot_notebook", "metadata.polyglot_notebook.kernelInfo.defaultKernelName: must be csharp", null },
        { "cells.1.id", "cells.id: must be unique", "\"picture\"" },
        { "cells.1.id", "cells.id: must be 1 to 64", "\"a b\"" },
        { "cells.1.source", "text.source: must leave references", "\"#r \\\"nuget: Vae.Torch, 0.2.0\\\"\"" },
        { "cells.1.source", "text.source: must have no command", "\"#!fsharp\"" },
        { "cells.1.metadata.polyglot_notebook.kernelName", "text.metadata.polyglot_notebook.kernelName: must be csharp", "\"fsharp\"" },
        { "cells.1.outputs.0", "text.outputs: must be streams",
            "{\"output_type\":\"error\",\"ename\":\"E\",\"evalue\":\"e\",\"traceback\":[]}" },
        { "cells.2.outputs.0.data.image/png", "picture.outputs: must hold pictures as PNG", "\"PHN2Zz4=\"" },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void AWrongFormIsFound(string path, string found, string? value)
    {
        using var sample = new Sample("csharp");
        sample.Change(root => Set(root, path, value is null ? null : JsonNode.Parse(value)));
        Assert.Contains(Checks.Form(sample.Notebook()), problem => problem.StartsWith(found, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("epoch 1: 101.81 of 20", "epoch 1: 101.93 of 20", true)]
    [InlineData("epoch 1: 101.81 of 20", "epoch 1: 109.81 of 20", false)]
    [InlineData("epoch 1: 101.81 of 20", "epoch 2: 101.81 of 20", false)]
    [InlineData("train 99.9", "train 100.1", true)]
    [InlineData("train 99.9", "train  99.9", true)]
    [InlineData("train 99.9", "test 99.9", false)]
    public void TextsMayDifferInRoundingOnly(string stored, string produced, bool same) =>
        Assert.Equal(same, Outputs.SameText(stored, produced));

    private static void Set(JsonNode node, string path, JsonNode? value)
    {
        var steps = path.Split('.');
        foreach (var step in steps[..^1])
            node = int.TryParse(step, out var i) ? node[i]! : node[step]!;
        if (int.TryParse(steps[^1], out var last))
            node[last] = value;
        else
            node[steps[^1]] = value;
    }
}
