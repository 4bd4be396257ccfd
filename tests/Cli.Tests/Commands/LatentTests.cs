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
        var family = LatentText.Posterior(posterior);
        Assert.Equal(prior, Priors.Name(Priors.Default(family)));
        if (prior != "standard normal")
            Assert.Equal(Priors.Default(family), LatentText.Prior("uniform", family));
    }

    [Fact]
    public void FormsSayWhatIsMade()
    {
        Assert.Equal(Posteriors.Transformed(Flows.Repeat(4, Flows.InverseAutoregressive(320))), LatentText.Posterior("flow:iaf:4:320"));
        Assert.Equal(Posteriors.VectorQuantized(512, 64), LatentText.Posterior("vq:512:64"));
        Assert.Equal(Posteriors.Categorical(10, Schedules.Constant(0.5)), LatentText.Posterior("categorical:10:0.5"));
        Assert.Equal(Priors.Vamp(500), LatentText.Prior("vamp:500", Posteriors.DiagonalNormal));
        Assert.Equal(Priors.Autoregressive(Supports.Codes(512, 64)), LatentText.Prior("autoregressive", Posteriors.VectorQuantized(512, 64)));
    }
}
