namespace Vae.Notebooks.Tests;

/// <summary>The notebooks of this repository: a new one is a new file and nothing else.</summary>
[Collection(nameof(BuiltFeed))]
public sealed class NotebookTests(BuiltFeed built)
{
    public static TheoryData<string> Names => [.. Checks.Chosen().Select(notebook => notebook.Name)];

    [Fact]
    public void ThereAreNotebooksInBothLanguages() =>
        Assert.Equal([".net-csharp", ".net-fsharp"], Checks.Chosen().Select(notebook => notebook.Language!.Kernel).Distinct().Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void ItsFormIsWhatNotebookToolsExpect(string name) => Assert.Equal([], Checks.Form(Named(name)));

    [Theory]
    [MemberData(nameof(Names))]
    public void ItsPairedScriptIsUpToDate(string name)
    {
        var notebook = Named(name);
        Assert.True(File.Exists(PairedScripts.PathOf(notebook))
            && File.ReadAllText(PairedScripts.PathOf(notebook)).ReplaceLineEndings("\n") == PairedScripts.Write(notebook),
            $"{PairedScripts.PathOf(notebook)} is not what the notebook gives: dotnet run -c Release --project tests/Notebooks.Runner -- "
                + $"update {name}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ItsPairedScriptCompiles(string name) => Assert.Equal([], PairedScriptCompilation.Problems(Named(name)));

    [Theory]
    [MemberData(nameof(Names))]
    public void ItRunsFromACleanStateToTheOutputsThatAreStored(string name)
    {
        var notebook = Named(name);
        Assert.Equal([], Checks.Differences(notebook, Execution.Run(notebook, built.Feed, Checks.Limit)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ItShowsPictures(string name) =>
        Assert.Contains(Named(name).Code, cell => cell.Outputs.Any(output => output?["data"]?["image/png"] is not null));

    private static Notebook Named(string name) => Assert.Single(Checks.Chosen(name), notebook => notebook.Name == name);
}
