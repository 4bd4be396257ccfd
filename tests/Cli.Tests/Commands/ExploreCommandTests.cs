namespace Vae.Cli.Tests;

public sealed class ExploreCommandTests : IDisposable
{
    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public void TheReportOfARunLinksToItsPage()
    {
        var run = cli.Trained("run");
        string page = Path.Combine(run, "explore.html"), report = Path.Combine(run, "report.html");
        var called = Cli.Call("explore", run, "--count", "20", "--threads", "1");
        Assert.Equal((0, "", $"wrote {page}\n"), (called.Code, called.Error, called.Output.ReplaceLineEndings("\n")));
        Assert.Contains("\"report\":\"report.html\"", File.ReadAllText(page), StringComparison.Ordinal);
        Assert.Contains("href=\"explore.html\"", File.ReadAllText(report), StringComparison.Ordinal);
        // A page of the earlier weights would be of another model.
        Assert.Equal(0, Cli.Call("train", "--resume", run, "--epochs", "3", "--threads", "1", "--json").Code);
        Assert.DoesNotContain("href=\"explore.html\"", File.ReadAllText(report), StringComparison.Ordinal);
    }

    [Fact]
    public void AModelWithDiscreteCodesIsRefused()
    {
        var run = cli.Trained("run", "--posterior", "vq:8:2", "--latent", "4");
        var called = Cli.Call("explore", run, "-o", cli.Path("page.html"));
        Assert.Equal(2, called.Code);
        Assert.Contains("must have codes that are real numbers or points of the unit sphere", called.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(cli.Path("page.html")));
    }
}
