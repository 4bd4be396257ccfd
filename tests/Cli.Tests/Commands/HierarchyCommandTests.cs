using Vae.Torch;

namespace Vae.Cli.Tests;

/// <summary>Models of several levels from the command line.</summary>
public sealed class HierarchyCommandTests : IDisposable
{
    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Theory]
    [InlineData("burda2", 2, "--latent", "6")]
    [InlineData("ladder", 3, "--prior", "mixture:3")]
    public void TheyAreTrainedMeasuredAndShown(string model, int levels, string option, string value)
    {
        var run = cli.Trained("run", "--model", model, "--condition", "label", option, value);
        string[][] commands = [
            ["sample", run, "--count", "4"], ["reconstruct", run, "--count", "4"], ["picture", run, "traversals"],
            ["picture", run, "layers", "--from", "2"]];
        foreach (var command in commands)
        {
            var called = Cli.Call([.. command, "--out", cli.Path("it.png"), "--threads", "1"]);
            Assert.Equal((0, ""), (called.Code, called.Error));
        }
        Assert.Equal(
            levels, Hierarchies.Latents(((Posterior.Hierarchical)RunFolder.Open(run).Experiment().Model.Posterior).Hierarchy).Count);
        Assert.Contains($"of {levels} stochastic layers", File.ReadAllText(Path.Combine(run, "report.html")), StringComparison.Ordinal);
        Assert.Equal(0, Cli.Call("evaluate", run, "--importance-samples", "2", "--threads", "1", "--json").Code);
        Assert.Equal(levels, Cli.Call("doctor", run, "--threads", "1", "--json").LastLine.GetProperty("layerKl").GetArrayLength());
        Assert.Contains("KL of each stochastic layer", Cli.Call("doctor", run, "--threads", "1").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void LayersAreOfExamplesOfAModelThatHasThem()
    {
        var called = Cli.Call("picture", cli.Trained("ladder", "--model", "ladder"), "layers", "--from", "-1");
        Assert.Contains("from: must be 0 to", called.Error, StringComparison.Ordinal);
        called = Cli.Call("picture", cli.Trained("mlp"), "layers");
        Assert.Contains("model.prior: must be hierarchical for a picture of its layers", called.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void SpecShowsTheLevels()
    {
        var shown = Cli.Call("spec", "ladder", "--input", "1x28x28").Output;
        Assert.Contains("posterior.up.3", shown, StringComparison.Ordinal);
        Assert.Contains("z1 of 32, z2 of 16, z3 of 8", shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("latent: must be left out for top-down, whose latents follow from the size of images, got 20",
        "--model", "top-down", "--latent", "20")]
    [InlineData("model.posterior.hierarchy.above[0].latent: must be", "--model", "burda2", "--latent", "1")]
    [InlineData("model.prior.top: must be a distribution of real numbers", "--model", "ladder", "--prior", "vamp:10")]
    public void OptionsThatDoNotFitAreReported(string message, params string[] options)
    {
        var called = Cli.Call(["train", "--limit", "64", .. options, "--out", cli.Path("run")]);
        Assert.Equal(2, called.Code);
        Assert.Contains(message, called.Error, StringComparison.Ordinal);
    }
}
