using System.Globalization;
using System.Text.RegularExpressions;

namespace Vae.Cli.Tests;

/// <summary>Likelihoods from the command line: pictures where there are some, and a plain word where there are none.</summary>
public sealed class LikelihoodCommandTests : IDisposable
{
    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Theory]
    [InlineData("normal:learned", "none")]
    [InlineData("laplace:shared", "none")]
    [InlineData("normal:optimal", "none")]
    [InlineData("beta", "none")]
    [InlineData("continuous-bernoulli", "none")]
    [InlineData("categorical:2", "threshold")]
    [InlineData("discretized-logistic:2", "none")]
    [InlineData("masked:bernoulli", "stochastic")]
    public void ImagesAreDrawnReconstructedAndReported(string likelihood, string binarize)
    {
        var run = cli.Trained("run", "--likelihood", likelihood, "--binarize", binarize);
        foreach (var command in new[] { "sample", "reconstruct" })
        {
            var called = Cli.Call(command, run, "--count", "4", "--out", cli.Path("it.png"), "--threads", "1");
            Assert.Equal((0, ""), (called.Code, called.Error));
        }
        Assert.All(["samples.png", "reconstructions.png", "traversals.png", "interpolation.png"],
            name => Assert.True(File.Exists(Path.Combine(run, name))));
        Assert.DoesNotContain("NaN", Text(run));
        Assert.DoesNotContain("no pictures of examples", Text(run));
        Assert.Equal(0, Cli.Call("evaluate", run, "--importance-samples", "2", "--threads", "1", "--json").Code);
        Assert.Equal(0, Cli.Call("doctor", run, "--threads", "1").Code);
    }

    [Theory]
    [InlineData("columns:continuous,binary,categorical-3,count", false)]
    [InlineData("masked:columns:continuous,binary,categorical-3,count", true)]
    [InlineData("masked:normal:learned", true)]
    public void ATableIsTrainedAndItsReportComparesSyntheticRowsWithRealOnes(string likelihood, bool missing)
    {
        File.WriteAllText(cli.Path("table.csv"), Table(missing));
        var called = Cli.Call("train", "--data", cli.Path("table.csv"), "--likelihood", likelihood, "--values", "raw", "--latent", "2",
            "--epochs", "4", "--threads", "1", "--out", cli.Path("run"), "--json");
        Assert.Equal((0, ""), (called.Code, called.Error));
        var report = Text(cli.Path("run"));
        Assert.Contains("Synthetic rows against real ones", report);
        Assert.True(File.Exists(Path.Combine(cli.Path("run"), "marginals.png")));
        Assert.Contains(likelihood.Contains("columns") ? "4 columns" : "normal, learned σ of each value", report);
        Assert.DoesNotContain("NaN", report);
        Assert.False(File.Exists(Path.Combine(cli.Path("run"), "samples.png")));
        foreach (var command in new[] { "sample", "reconstruct" })
        {
            var refused = Cli.Call(command, cli.Path("run"), "--out", cli.Path("it.png"));
            Assert.Equal(VaeCommand.BadInput, refused.Code);
            Assert.StartsWith(
                "vae: pictures: need images of 1 or 3 channels with intensities in [0, 1], got examples of shape 4", refused.Error);
        }
        Assert.Equal(0, Cli.Call("evaluate", cli.Path("run"), "--importance-samples", "2", "--threads", "1", "--json").Code);
        Assert.Equal(0, Cli.Call("picture", cli.Path("run"), "scatter", "--out", cli.Path("it.png"), "--threads", "1").Code);
        Assert.Equal(0, Cli.Call("train", "--resume", cli.Path("run"), "--epochs", "5", "--threads", "1", "--json").Code);
    }

    [Fact]
    public void ATableThatLacksValuesNeedsTheMask()
    {
        File.WriteAllText(cli.Path("table.csv"), Table(missing: true));
        var called = Cli.Call("train", "--data", cli.Path("table.csv"), "--likelihood", "columns:continuous,binary,categorical-3,count",
            "--out", cli.Path("run"));
        Assert.Equal(VaeCommand.BadInput, called.Code);
        Assert.Contains("table.csv:2:1: must be a number, got '' (missing values need --likelihood masked:…)", called.Error);
        called = Cli.Call("train", "--data", cli.Path("table.csv"), "--likelihood", "masked:columns:binary*4", "--out", cli.Path("run"));
        Assert.Contains("model.likelihood.inner.items[0]: must hold whole numbers in 0 … 1, got fractions", called.Error);
        Assert.False(Directory.Exists(cli.Path("run")));
    }

    [Theory]
    [InlineData("poisson")]
    [InlineData("zero-inflated:library")]
    public void CountsAreTakenAsTheyAre(string likelihood)
    {
        File.WriteAllText(cli.Path("counts.csv"),
            string.Join('\n', Enumerable.Range(0, 80).Select(i => string.Join(',', Enumerable.Range(0, 64).Select(j => i * j % 300)))));
        var called = Cli.Call("train", "--data", cli.Path("counts.csv"), "--likelihood", likelihood, "--epochs", "2", "--threads", "1",
            "--out", cli.Path("run"), "--json");
        Assert.Equal((0, ""), (called.Code, called.Error));
        Assert.Contains("of raw values", Cli.Call("sample", cli.Path("run")).Error);
        Assert.Equal(likelihood.Contains("library"), Text(cli.Path("run")).Contains("not a density of the examples"));
    }

    [Fact]
    public void ATableIsDescribedAsItIs()
    {
        File.WriteAllText(cli.Path("table.csv"), Table(missing: false));
        Assert.Equal(0, Cli.Call("data", cli.Path("table.csv"), "--values", "given", "--json").Code);
        Assert.Contains("(--values raw takes numbers as they are)",
            Cli.Call("data", cli.Path("table.csv"), "--values", "intensities").Error);
        Assert.Contains("values: must be raw or intensities, got cooked",
            Cli.Call("data", cli.Path("table.csv"), "--values", "cooked").Error);
    }

    private static string Text(string run) => Regex.Replace(File.ReadAllText(Path.Combine(run, "report.html")), "base64,[^\"]*", "");

    private static string Table(bool missing) =>
        "a,b,c,d\n" + string.Concat(Enumerable.Range(0, 120).Select(i => string.Create(CultureInfo.InvariantCulture,
        $"{(missing && i % 5 == 0 ? "" : $"{(170 + 10 * Math.Sin(i)).ToString("0.00", CultureInfo.InvariantCulture)}")},"
        + $"{i % 2},{(missing && i % 7 == 0 ? "NA" : $"{i % 3}")},{i * i % 50}\n")));
}
