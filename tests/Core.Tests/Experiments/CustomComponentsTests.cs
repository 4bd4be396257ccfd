using System.Text.Json.Nodes;

namespace Vae.Tests;

/// <summary>Parts of an application in files: a name and settings, read by the parts that are given along.</summary>
public class CustomComponentsTests
{
    private static readonly string Text = SpecJson.Write(Parts.Run);

    [Fact]
    public void ARunOfPartsReadsBackAsAnEqualValue()
    {
        Assert.Equal(new Validated<Experiment>.Valid(Parts.Run), SpecJson.ReadExperiment(Text, Parts.All));
        Assert.Equal(new Validated<Experiment>.Valid(Parts.Run), SpecJson.ReadExperiment(Text, CustomComponents.Collect(Parts.Run)));
    }

    [Fact]
    public void APartIsItsNameAndItsSettings()
    {
        string Definition(string part) => JsonNode.Parse(Text)!["model"]![part]!["definition"]!.ToJsonString();
        Assert.Equal("""{"name":"cauchy","settings":[0.5]}""", Definition("likelihood"));
        Assert.Equal("""{"name":"laplace","settings":[]}""", Definition("posterior"));
    }

    [Theory]
    [InlineData("cauchy", "$.model.likelihood.definition")]
    [InlineData("laplace", "$.model.posterior.definition")]
    [InlineData("moved", "$.model.prior.definition")]
    [InlineData("scaled", "$.model.encoder.layers[1].definition")]
    [InlineData("renyi", "$.objective.definition")]
    public void AnUnknownPartIsNamed(string name, string path)
    {
        var parts = new CustomComponents(
            ValueList.From(Parts.All.LikelihoodParts.Where(part => part.Name != name)),
            ValueList.From(Parts.All.PosteriorParts.Where(part => part.Name != name)),
            ValueList.From(Parts.All.PriorParts.Where(part => part.Name != name)),
            ValueList.From(Parts.All.LayerParts.Where(part => part.Name != name)),
            ValueList.From(Parts.All.ObjectiveParts.Where(part => part.Name != name)));
        var problem = Assert.Single(Problems(Text, parts));
        Assert.Equal($"{path}: must be one of the components passed with the file (none), got '{name}'", $"{problem}");
    }

    [Theory]
    [InlineData("likelihood", "[]", "must have settings that cauchy takes (one number, the scale to begin with), got []")]
    [InlineData("likelihood", "[1, 2]", "must have settings that cauchy takes (one number, the scale to begin with), got [1, 2]")]
    [InlineData("likelihood", "\"0.5\"", "must be a spec as its JSON Schema describes it, got not a list")]
    [InlineData("posterior", "[3]", "must have settings that laplace takes (no numbers), got [3]")]
    public void SettingsThatAPartDoesNotTakeAreRefused(string part, string settings, string problem)
    {
        var root = JsonNode.Parse(Text)!;
        root["model"]![part]!["definition"]!["settings"] = JsonNode.Parse(settings);
        Assert.EndsWith(problem, $"{Assert.Single(Problems(root.ToJsonString(), Parts.All))}", StringComparison.Ordinal);
    }

    [Fact]
    public void WhatAPartThrowsIsAProblemOfTheFile()
    {
        var root = JsonNode.Parse(Text)!;
        // Scaled takes its first setting without asking whether there is one.
        root["model"]!["encoder"]!["layers"]![1]!["definition"]!["settings"] = new JsonArray();
        var problem = Assert.Single(Problems(root.ToJsonString(), Parts.All));
        Assert.Equal("$.model.encoder.layers[1].definition", problem.Path);
        Assert.StartsWith("must have settings that scaled takes", problem.Rule, StringComparison.Ordinal);
    }

    [Fact]
    public void TwoPartsOfOneNameAreRefused() => Assert.Equal(
        "parts.likelihoodParts: must have components of different names, got 'cauchy' twice",
        $"{Assert.Single(Problems(Text, Parts.All.With(likelihoodParts: [new Cauchy(1), new Cauchy(2)])))}");

    [Fact]
    public void TheNamesOfARunAreThoseOfItsParts() =>
        Assert.Equal(["cauchy", "laplace", "moved", "scaled", "renyi"], CustomComponents.Collect(Parts.Run).Names);

    private static ValueList<Problem> Problems(string text, CustomComponents parts) =>
        SpecJson.ReadExperiment(text, parts).Match(_ => [], problems => problems);
}
