using System.Text.Json;

namespace Vae.Cli.Tests;

/// <summary>Draws from what is fitted to a run's codes.</summary>
public sealed class SamplerCommandTests : IDisposable
{
    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public void AnAutoencoderHasDrawsFromWhatIsFittedToItsCodes()
    {
        var run = cli.Trained("run", "--posterior", "point", "--latent", "4");
        foreach (var sampler in new[] { "mixture:3", "two-stage:8", "flow:coupling:2:8" })
        {
            var called = Cli.Call("sample", run, "--sampler", sampler, "--count", "9", "--out", cli.Path("drawn.png"),
                "--threads", "1", "--json");
            Assert.Equal((0, ""), (called.Code, called.Error));
            Assert.True(new FileInfo(cli.Path("drawn.png")).Length > 100);
            File.Delete(cli.Path("drawn.png"));
        }
        var figures = Cli.Call("evaluate", run, "--importance-samples", "1", "--metrics", "samples", "--sampler", "mixture:3",
            "--threads", "1", "--json");
        Assert.Equal((0, ""), (figures.Code, figures.Error));
        Assert.True(figures.LastLine.GetProperty("value").GetProperty("quality").GetProperty("frechetDistance").GetDouble() > 0);
        Assert.Equal(JsonValueKind.Null, figures.LastLine.GetProperty("value").GetProperty("agreement").ValueKind);
    }

    [Fact]
    public void AClassIsDrawnFromWhatIsFittedToIt()
    {
        var run = cli.Trained("run", "--condition", "label", "--latent", "2");
        foreach (var sampler in new[] { "prior", "mixture:2", "vamp:5" })
            Assert.Equal(0, Cli.Call("sample", run, "--sampler", sampler, "--label", "3",
                "--count", "4", "--out", cli.Path("drawn.png"), "--threads", "1").Code);
        Assert.Contains("sampler: must not be a flow in a model with a condition: flows of codes are not conditioned",
            Cli.Call("sample", run, "--sampler", "flow").Error);
    }

    [Fact]
    public void WhatCannotBeFittedIsExplainedAndNothingIsMade()
    {
        string point = cli.Trained("point", "--posterior", "point", "--latent", "4"),
            classes = cli.Trained("classes", "--posterior", "categorical:2", "--latent", "4");
        foreach (var (run, sampler, sentence) in new[]
        {
            (point, "vamp", "sampler: must not be vamp with a point: it would return the codes of training examples"),
            (point, "mixture:60", "sampler.components: must be at most 51 for 256 codes of 4 numbers, 5 each, got 60"),
            (point, "mixture:0", "sampler.components: must be at least 1, got 0"),
            (point, "gan", "sampler: must be prior, mixture[:COMPONENTS], best-mixture[:MAX], two-stage[:WIDTH], flow"),
            (point, "mixture:ten", "sampler: must be prior, mixture[:COMPONENTS]"),
            (point, "flow:planar:2", "sampler.steps[0]: must have a density in one pass"),
            (classes, "mixture:2", "sampler: must be the prior or vamp with the posterior"),
        })
        {
            var called = Cli.Call("sample", run, "--sampler", sampler, "--out", cli.Path("none.png"));
            Assert.Equal(VaeCommand.BadInput, called.Code);
            Assert.Contains(sentence, called.Error);
            Assert.False(File.Exists(cli.Path("none.png")));
        }
        Assert.Contains("sampler: must be fitted to codes",
            Cli.Call("evaluate", point, "--importance-samples", "1", "--metrics", "samples").Error);
        Assert.Contains("sampler: needs --metrics samples", Cli.Call("evaluate", point, "--sampler", "mixture").Error);
    }
}
