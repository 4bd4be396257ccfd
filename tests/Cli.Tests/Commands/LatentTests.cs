namespace Vae.Cli.Tests;

/// <summary>Posteriors and priors as they are written on a command line.</summary>
public sealed class LatentTests : IDisposable
{
    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Theory]
    [InlineData("full-normal", "learned-normal")]
    [InlineData("flow:iaf:2:8", "flow:maf:2:8")]
    [InlineData("flow:planar:3", "mixture:4")]
    [InlineData("flow:householder:2", "flow:coupling:2:8")]
    [InlineData("flow:coupling:2", "standard-normal")]
    [InlineData("diagonal-normal", "vamp:4")]
    [InlineData("von-mises-fisher", "uniform")]
    [InlineData("categorical:2:linear:1:0.5:1", "autoregressive:8")]
    [InlineData("vq:8:2", "autoregressive:8")]
    public void EveryFormIsTrainedMeasuredAndDrawnFrom(string posterior, string prior)
    {
        var run = cli.Trained("run", "--posterior", posterior, "--prior", prior, "--latent", "4");
        Assert.True(Cli.Call("evaluate", run, "--importance-samples", "2", "--json").LastLine.GetProperty("nll").GetDouble() > 0);
        Assert.Equal(0, Cli.Call("sample", run, "--count", "16", "--out", cli.Path("drawn.png")).Code);
        Assert.True(new FileInfo(cli.Path("drawn.png")).Length > 100);
        Assert.Equal(0, Cli.Call("doctor", run, "--threads", "1").Code);
    }

    [Theory]
    [InlineData("von-mises-fisher", "uniform on the sphere")]
    [InlineData("categorical:5", "uniform over 5 classes")]
    [InlineData("vq:16:2", "uniform over 16 codes")]
    [InlineData("full-normal", "standard normal")]
    public void APosteriorBringsThePriorThatFitsIt(string posterior, string prior)
    {
        var family = VaeException.Unwrap(SpecText.Posterior(posterior));
        Assert.Equal(prior, Priors.Name(Priors.Default(family)));
    }
}
