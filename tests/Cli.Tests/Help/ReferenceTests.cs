namespace Vae.Cli.Tests;

/// <summary>The reference is what the command says of itself.</summary>
public sealed class ReferenceTests
{
    [Fact]
    public void TheReferenceIsThatOfTheCommand()
    {
        var path = Path.Combine(Documents.Repository, "Shell", "Vae.Cli", "README.md");
        var written = Reference.Write(VaeCommand.Root(TextWriter.Null));
        if (Environment.GetEnvironmentVariable("UPDATE_REFERENCE") == "1")
            File.WriteAllText(path, written);
        Assert.True(written == File.ReadAllText(path).ReplaceLineEndings("\n"),
            "Shell/Vae.Cli/README.md is not the command's own reference. Run this test once with UPDATE_REFERENCE=1 and commit the file.");
    }
}
