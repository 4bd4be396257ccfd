using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Vae.Tests;

public class SpecJsonTests
{
    private static readonly string Sound = SpecJson.Write(Zoo.Conv(Shape.Image(1, 8, 8)));

    [Property(Replay = "31,33", MaxTest = 500, Arbitrary = [typeof(Generators)])]
    public void ARunReadsBackAsAnEqualValue(Experiment run) =>
        Assert.Equal(new Validated<Experiment>.Valid(run), SpecJson.ReadExperiment(SpecJson.Write(run)));

    [Property(Replay = "31,35", MaxTest = 500, Arbitrary = [typeof(Generators)])]
    public void AModelReadsBackAsAnEqualValue(VaeSpec spec) =>
        Assert.Equal(new Validated<VaeSpec>.Valid(spec), SpecJson.ReadModel(SpecJson.Write(spec)));

    [Property(Replay = "31,45", MaxTest = 100, Arbitrary = [typeof(Generators)])]
    public void ASamplerReadsBackAsAnEqualValue(Sampler sampler) =>
        Assert.Equal(new Validated<Sampler>.Valid(sampler), SpecJson.ReadSampler(SpecJson.Write(sampler)));

    [Property(Replay = "31,37", MaxTest = 1000, Arbitrary = [typeof(AbsurdGenerators)])]
    public void WhatIsWrittenIsReadForFormNotForSense(Absurd<VaeSpec> spec)
    {
        if (IsFinite(spec.Value))
            Assert.Equal(new Validated<VaeSpec>.Valid(spec.Value), SpecJson.ReadModel(SpecJson.Write(spec.Value)));
        else
            Assert.ThrowsAny<ArgumentException>(() => SpecJson.Write(spec.Value));
    }

    [Fact]
    public void TheDeepestSoundNestingReadsBack()
    {
        var layer = Enumerable.Range(0, 24).Aggregate(Layers.Tanh, (inner, _) => Layers.Residual([inner]));
        var beta = Enumerable.Range(0, 24).Aggregate(Schedules.Constant(1), (next, _) => Schedules.Then(Schedules.Constant(0), 0.01, next));
        var run = Generators.Experiment().Sample(1, new FsCheck.Rnd(1, 3), 1).Single();
        run = run.With(model: run.Model.With(decoder: new([layer], Heads.Dense)), objective: Objectives.Beta(beta));
        Assert.Equal([], Vae.Specs.Problems(run));
        Assert.Equal(new Validated<Experiment>.Valid(run), SpecJson.ReadExperiment(SpecJson.Write(run)));
    }

    [Fact]
    public void DefaultsMayBeLeftOut()
    {
        var text = SpecJson.Write(Zoo.Conv(Shape.Image(1, 8, 8)));
        var shorter = Regex.Replace(text, ",\\s*\"outputPadding(Rows|Columns)\": 0", "");
        Assert.NotEqual(text, shorter);
        Assert.Equal(SpecJson.ReadModel(text), SpecJson.ReadModel(shorter));
    }

    // As runs were written before capacities, gradients' estimators, clipping, averages, early stopping and scales.
    [Fact]
    public void AFileOfAnEarlierVersionIsRead()
    {
        var model = Zoo.Mlp(Shape.Vector(4), hidden: 8).With(likelihood: Likelihoods.Normal());
        var layers = "{ \"kind\": \"linear\", \"width\": 8 }, { \"kind\": \"activate\", \"function\": { \"kind\": \"relu\" } }";
        var expected = TrainRecipes.Default(model, "table.csv").With(objective: Objectives.Beta(2));
        Assert.Equal(new Validated<Experiment>.Valid(expected), SpecJson.ReadExperiment($$"""
            {
              "model": {
                "input": [4], "latent": 20, "likelihood": { "kind": "normal" },
                "encoder": { "layers": [{ "kind": "flatten" }, {{layers}}], "head": { "kind": "dense" } },
                "decoder": { "layers": [{{layers}}], "head": { "kind": "dense" } }
              },
              "objective": { "kind": "elbo", "beta": { "kind": "constant", "value": 2 } },
              "data": { "source": "table.csv" },
              "train": {
                "epochs": 10, "batch": 64, "seed": 1,
                "learningRate": {
                  "kind": "then", "first": { "kind": "linear", "from": 0.0001, "to": 0.004, "epochs": 0.5 }, "epochs": 0.5,
                  "next": { "kind": "cosine", "from": 0.004, "to": 0, "epochs": 9.5 }
                }
              }
            }
            """));
    }

    [Fact]
    public void WhatMayBeLeftOutMayNotBeNull() =>
        Assert.Equal(("$.prior", "null"), Wrong(Replaced("\"prior\": {\n    \"kind\": \"standardNormal\"\n  }", "\"prior\": null")));

    [Theory]
    [InlineData("\"latent\":", "\"latnt\":", "$.latnt", "'latnt', which is not a member")]
    [InlineData("\"latent\":", "\"Latent\":", "$.Latent", "'Latent', which is not a member")]
    [InlineData("\"latent\": 16,", "", "$", "none of the required 'latent'")]
    [InlineData("\"latent\": 16", "\"latent\": 16, \"latent\": 16", "$.latent", "'latent' twice")]
    [InlineData("\"latent\": 16", "\"latent\": \"16\"", "$.latent", "a value of another type, or out of range")]
    [InlineData("\"latent\": 16", "\"latent\": 1.5", "$.latent", "a value of another type, or out of range")]
    [InlineData("\"latent\": 16", "\"latent\": 3000000000", "$.latent", "a value of another type, or out of range")]
    [InlineData("\"latent\": 16", "\"latent\": null", "$.latent", "a value of another type, or out of range")]
    [InlineData("\"layers\": [", "\"layers\": [null, ", "$.encoder.layers[0]", "null")]
    [InlineData("\"kind\": \"relu\"", "\"kind\": \"rleu\"", "$.encoder.layers[1].function", "the unknown kind 'rleu'")]
    [InlineData("\"kind\": \"relu\"", "", "$.encoder.layers[1].function", "no kind")]
    [InlineData("\"kind\": \"standardNormal\"", "", "$.prior", "no kind")]
    [InlineData("\"kind\": \"relu\"", "\"kind\": \"relu\", \"kind\": \"tanh\"",
        "$.encoder.layers[1].function.kind", "a kind that is not a text, or two kinds")]
    [InlineData("\"kind\": \"relu\"", "\"kind\": null", "$.encoder.layers[1].function.kind", "a kind that is not a text, or two kinds")]
    [InlineData("\"kind\": \"relu\"", "\"kind\": \"elu\", \"alpha\": NaN", "$.encoder.layers[1]", "'N' is an invalid start of a value")]
    public void AnErrorNamesItsPath(string from, string to, string path, string got) =>
        Assert.Equal((path, got), Wrong(Replaced(from, to)));

    [Theory]
    [InlineData("\"1x8x8\"", "$.input", "not a list")]
    [InlineData("null", "$.input", "null")]
    [InlineData("[1, null]", "$.input[1]", "a value of another type, or out of range")]
    [InlineData("[1, [8]]", "$.input[1]", "a value of another type, or out of range")]
    public void AShapeIsAListOfNumbers(string shape, string path, string got) =>
        Assert.Equal((path, got), Wrong(Regex.Replace(Sound, "\"input\": \\[[^\\]]*\\]", $"\"input\": {shape}")));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("5")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"$ref\":\"1\"}")]
    [InlineData("// comment")]
    [InlineData("\ud800")]
    public void TextThatIsNoSpecIsAProblem(string text) => Assert.NotEmpty(Wrong(text).Got);

    [Fact]
    public void NoTextIsAProblemToo() => Assert.Equal("$", Wrong(null!).Path);

    [Fact]
    public void DeepTextIsAProblem() => Assert.NotEmpty(Wrong(new string('[', 1_000_000)).Got);

    [Property(Replay = "31,39", MaxTest = 300)]
    public void CutTextIsAProblem(uint at) => Assert.NotEmpty(Wrong(Sound[..(int)(at * 2654435761u % (uint)Sound.Length)]).Got);

    [Property(Replay = "31,41", MaxTest = 1000)]
    public void NoSingleCharacterMakesReadingThrow(uint at, char put)
    {
        var i = (int)(at * 2654435761u % (uint)Sound.Length);
        Assert.NotNull(SpecJson.ReadModel(Sound[..i] + put + Sound[(i + 1)..]));
    }

    private static bool IsFinite(VaeSpec spec) => !Regex.IsMatch($"{spec}", "NaN|Infinity|∞");

    private static string Replaced(string from, string to)
    {
        var at = Sound.IndexOf(from, StringComparison.Ordinal);
        return Sound[..at] + to + Sound[(at + from.Length)..];
    }

    private static (string Path, string Got) Wrong(string text)
    {
        var problem = SpecJson.ReadModel(text).Match(_ => throw new InvalidOperationException("read"), Assert.Single);
        Assert.DoesNotContain(".NET", problem.Got);
        Assert.DoesNotContain("System.", problem.Got);
        Assert.DoesNotContain("LineNumber", problem.Got);
        return (problem.Path, problem.Got);
    }
}
