namespace Vae.Cli.Tests;

public sealed class CardCommandTests : IDisposable
{
    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public void ARunGetsACard()
    {
        var run = cli.Trained("run");
        Assert.StartsWith("---\nlicense: unknown\n", File.ReadAllText(Path.Combine(run, "README.md")), StringComparison.Ordinal);
        var called = Cli.Call("card", run, "--license", "mit", "--importance-samples", "2");
        Assert.Equal((0, ""), (called.Code, called.Error));
        var card = File.ReadAllText(Path.Combine(run, "README.md"));
        Assert.StartsWith("---\nlicense: mit\n", card, StringComparison.Ordinal);
        Assert.Contains("bound on −ln p(x), 2 samples", card, StringComparison.Ordinal);
        Assert.Contains("license: must be an identifier", Cli.Call("card", run, "--license", "a b").Error, StringComparison.Ordinal);
    }
}
