using System.Text.Json;

namespace Vae.Cli.Tests;

/// <summary>Autoencoders, conditional priors and quadrants from the command line.</summary>
public sealed class CombinationTests : IDisposable
{
    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public void AnAutoencoderHasNullWhereADistributionIsNeeded()
    {
        var called = Cli.Call(["train", .. Cli.Tiny, "--posterior", "point", "--out", cli.Path("run"), "--json"]);
        Assert.Equal((0, ""), (called.Code, called.Error));
        foreach (var part in new[] { "train", "test" })
        {
            var terms = called.LastLine.GetProperty(part);
            Assert.Equal((JsonValueKind.Null, JsonValueKind.Null),
                (terms.GetProperty("negElbo").ValueKind, terms.GetProperty("kl").ValueKind));
            Assert.True(terms.GetProperty("reconstruction").GetDouble() > 0);
        }
        var figures = Cli.Call("evaluate", cli.Path("run"), "--importance-samples", "2", "--json").LastLine;
        Assert.All(new[] { "negElbo", "kl", "nll", "priorNll" },
            name => Assert.Equal(JsonValueKind.Null, figures.GetProperty(name).ValueKind));
        Assert.Contains("—", Cli.Call("evaluate", cli.Path("run"), "--importance-samples", "2").Output);
        Assert.Equal(0, Cli.Call("reconstruct", cli.Path("run"), "--out", cli.Path("pairs.png")).Code);
        Assert.Contains("no KL of each of them", Cli.Call("doctor", cli.Path("run")).Output);
        var sampled = Cli.Call("sample", cli.Path("run"), "--out", cli.Path("none.png"));
        Assert.Equal(VaeCommand.BadInput, sampled.Code);
        Assert.StartsWith("vae: model.posterior: must be a distribution for draws from the prior, got a point", sampled.Error);
        Assert.False(File.Exists(cli.Path("none.png")));
    }

    [Fact]
    public void TheLinesOfAnAutoencoderShowADashForWhatThereIsNot()
    {
        var output = Cli.Call(["train", .. Cli.Tiny, "--posterior", "point", "--out", cli.Path("run")]).Output;
        Assert.Contains("loss train", output);
        Assert.DoesNotContain("NaN", output);
        Assert.DoesNotContain("not finite", output);
    }

    [Theory]
    [InlineData("elbo:stl", "")]
    [InlineData("iwae:3:dreg", "")]
    [InlineData("piwae:2:2:stl", "")]
    [InlineData("ciwae:0.5:2", "")]
    [InlineData("capacity:30:5:1", "")]
    [InlineData("free-bits:0.5:total", "")]
    [InlineData("beta-tc:6:stratified", "")]
    [InlineData("factor:10", "")]
    [InlineData("dip-ii:10:10", "")]
    [InlineData("info-vae:0:10", "")]
    [InlineData("wae", "--posterior point")]
    [InlineData("aae:1", "--posterior point")]
    [InlineData("rae:1e-4:gp:1e-6", "--posterior point")]
    [InlineData("vae-gan", "")]
    [InlineData("m2:20", "--condition label")]
    public void AnObjectiveIsAskedForByName(string objective, string more)
    {
        var run = cli.Trained("run", ["--objective", objective, .. more.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        var figures = Cli.Call("evaluate", run, "--importance-samples", "2", "--threads", "1", "--json").LastLine;
        Assert.True(figures.GetProperty("reconstruction").GetDouble() > 0);
        Assert.Equal(0, Cli.Call("reconstruct", run, "--out", cli.Path("pairs.png")).Code);
    }

    [Theory]
    [InlineData("quadrants")]
    [InlineData("quadrants-baseline")]
    public void ARowOfTheQuadrantTableIsOneCommand(string model)
    {
        var run = cli.Trained("run", "--model", model, "--condition", "quadrants:3", "--binarize", "threshold", "--batch", "128",
            "--lr", "1e-3");
        var figures = Cli.Call("evaluate", run, "--draws", "3", "--importance-samples", "2", "--threads", "1", "--json").LastLine;
        Assert.Equal(3, figures.GetProperty("draws").GetInt32());
        Assert.All(new[] { "negElbo", "nll", "priorNll" }, name => Assert.True(figures.GetProperty(name).GetDouble() > 0));
        Assert.Equal(0, Cli.Call("sample", run, "--count", "16", "--out", cli.Path("rest.png")).Code);
        Assert.True(new FileInfo(cli.Path("rest.png")).Length > 100);
        Assert.Contains("with the conditions of other examples the bound is", Cli.Call("doctor", run, "--threads", "1").Output);
    }

    [Fact]
    public void AConditionalPriorIsChosenByName()
    {
        var run = cli.Trained("run", "--condition", "label", "--prior", "conditional:8");
        var prior = Assert.IsType<Prior.Conditional>(RunFolder.Open(run).Experiment().Model.Prior);
        Assert.Equal(new Layer.Linear(8), prior.Network.Layers[1]);
        Assert.Contains("prior", Cli.Call("spec", "quadrants").Output);
    }
}
