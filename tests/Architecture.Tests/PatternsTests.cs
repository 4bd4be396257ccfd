namespace Vae.Tests;

public class PatternsTests
{
    [Fact]
    public void ThePatternsOfFSharpAreThoseOfTheHierarchies()
    {
        var file = Path.Combine(Repository.Root, "Core", "Vae.FSharp", "Patterns.fs");
        var text = FSharpPatterns.Text();
        if (Environment.GetEnvironmentVariable("UPDATE_PATTERNS") == "1")
            File.WriteAllText(file, text);
        Assert.True(text == (File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : ""),
            "Core/Vae.FSharp/Patterns.fs does not have the cases of the hierarchies. To write it, run\n"
            + "UPDATE_PATTERNS=1 dotnet test tests/Architecture.Tests -c Release --filter PatternsTests");
    }

    [Fact]
    public void AModuleOfPatternsHasTheNameOfTheFactories()
    {
        var classes = typeof(VaeSpec).Assembly.GetExportedTypes().Where(type => type is { IsAbstract: true, IsSealed: true })
            .Select(type => type.Name);
        Assert.True(FSharpPatterns.Hierarchies.Length > 14);
        Assert.Empty(FSharpPatterns.Hierarchies.Select(FSharpPatterns.Plural).Except(classes));
    }
}
