using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using FsCheck.Xunit;

namespace Vae.Tests;

public class FormerNamesTests
{
    private static readonly Posterior Codes = Posteriors.VectorQuantized(8, 2);

    private static readonly VaeSpec Conv = Zoo.Conv(Shape.Image(1, 5, 5), 4, 8);

    private static readonly Dictionary<string, (string Json, Experiment Run)> Files = new()
    {
        ["hierarchical"] = (FormerFiles.Hierarchical, TrainRecipes.Default(Zoo.Burda2(Shape.Vector(4), 3, 8), "table.csv")
            .With(objective: Objectives.Factor(2), data: new("table.csv", Binarizations.None, 0.1, 0, ["3", "8"], true),
                train: TrainRecipes.Default(Zoo.Mlp(Shape.Vector(4)), "table.csv").Train)),
        ["convolutional"] = (FormerFiles.Convolutional, TrainRecipes.Default(Conv, "digits").With(
            Conv.With(
                encoder: Conv.Encoder with { Layers = [.. Conv.Encoder.Layers, Layers.ConcatenateCondition(3)] },
                condition: Conditions.Label(3)),
            Objectives.VaeGan(0.5), train: TrainRecipes.Default(Zoo.Mlp(Shape.Vector(4)), "digits").Train)),
        ["uniform codes"] = (FormerFiles.UniformCodes, TrainRecipes.Default(
            Zoo.Mlp(Shape.Vector(4), 4, 8).With(posterior: Codes, prior: Priors.Default(Codes), likelihood: Likelihoods.Bernoulli),
            "digits").With(objective: Objectives.Adversarial(3))),
        ["autoregressive codes"] = (FormerFiles.AutoregressiveCodes, TrainRecipes.Default(Zoo.Mlp(Shape.Vector(4), 4, 8).With(
            posterior: Codes, prior: Priors.AutoregressiveCodebook(Codes.Formulas().Support, 16), likelihood: Likelihoods.Categorical(16)),
            "digits")),
    };

    public static TheoryData<string> Names => [.. Files.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void AFileOfAnEarlierVersionReadsAsTheSameRun(string name) =>
        Assert.Equal(new Validated<Experiment>.Valid(Files[name].Run), SpecJson.ReadExperiment(Files[name].Json));

    // Together the files have every former name, each in the place where it was written.
    [Fact]
    public void EveryFormerNameIsInAFile()
    {
        var all = Files.Values.Select(file => JsonNode.Parse(file.Json)).SelectMany(Pairs).ToHashSet();
        Assert.All(
            FormerNames.Members.Where(member => member.Owner != FormerNames.History),
            member => Assert.Contains((member.Owner, member.Old), all));
        Assert.All(FormerNames.Kinds.Keys, kind => Assert.Contains((kind, "kind"), all));
    }

    [Property(Replay = "31,53", MaxTest = 500, Arbitrary = [typeof(Generators)])]
    public void EveryRunReadsFromItsFormerNames(Experiment run)
    {
        var former = JsonNode.Parse(SpecJson.Write(run))!;
        Rename(former, "");
        Assert.Equal(new Validated<Experiment>.Valid(run), SpecJson.ReadExperiment(former.ToJsonString()));
    }

    [Fact]
    public void NoFormerNameIsWritten() => Assert.All(Files.Values, file =>
    {
        var all = Pairs(JsonNode.Parse(SpecJson.Write(file.Run))).ToHashSet();
        Assert.All(FormerNames.Members, member => Assert.DoesNotContain((member.Owner, member.Old), all));
        Assert.All(FormerNames.Kinds.Keys, kind => Assert.DoesNotContain((kind, "kind"), all));
    });

    [Fact]
    public void NoHierarchyHasAFormerKind() =>
        Assert.DoesNotContain(
            typeof(VaeSpec).Assembly.GetTypes().SelectMany(type => type.GetCustomAttributes<JsonDerivedTypeAttribute>()),
            derived => FormerNames.Kinds.ContainsKey((string)derived.TypeDiscriminator!));

    [Theory]
    [InlineData("\"grey\": true", "\"grey\": true, \"softTargets\": true", "$.model.likelihood", "'softTargets' twice")]
    [InlineData("\"grey\": true", "\"grey\": true, \"grey\": true", "$.model.likelihood", "'softTargets' twice")]
    [InlineData("\"levels\": {", "\"hierarchy\": {}, \"levels\": {", "$.model.posterior.hierarchy", "no kind")]
    [InlineData("\"kind\": \"plain\"", "\"kind\": \"plain\", \"kind\": \"bottomUp\"", "$.model.posterior.hierarchy", "two kinds")]
    [InlineData("\"latent\": 3", "\"latent\": 3, \"latent\": 3", "$.model.latent", "'latent' twice")]
    [InlineData("\"weight\": 2", "\"weight\": 2, \"grey\": true", "$.objective.regularizer.grey", "'grey', which is not a member")]
    [InlineData(
        "\"kind\": \"dense\"", "\"kind\": \"dense\", \"extraRows\": 1",
        "$.model.encoder.head.extraRows", "'extraRows', which is not a member")]
    [InlineData("\"weight\": 2", "\"weight\": NaN", "$", "'N' is an invalid start of a value")]
    public void WhatIsWrongBesideAFormerNameIsReportedWithItsPlace(string from, string to, string path, string got)
    {
        var at = FormerFiles.Hierarchical.IndexOf(from, StringComparison.Ordinal);
        var text = FormerFiles.Hierarchical[..at] + to + FormerFiles.Hierarchical[(at + from.Length)..];
        var problem = Wrong(text);
        Assert.StartsWith(path, problem.Path);
        Assert.Contains(got, problem.Got);
    }

    [Property(Replay = "31,55", MaxTest = 300)]
    public void CutTextIsAProblem(uint at)
    {
        var text = FormerFiles.Hierarchical[..(int)(at * 2654435761u % (uint)FormerFiles.Hierarchical.Length)];
        Assert.DoesNotContain("LineNumber", Wrong(text).Got);
    }

    [Property(Replay = "31,57", MaxTest = 300)]
    public void NoSingleCharacterMakesReadingThrow(uint at, char put)
    {
        var i = (int)(at * 2654435761u % (uint)FormerFiles.Hierarchical.Length);
        Assert.NotNull(SpecJson.ReadExperiment(FormerFiles.Hierarchical[..i] + put + FormerFiles.Hierarchical[(i + 1)..]));
    }

    private static Problem Wrong(string text) =>
        SpecJson.ReadExperiment(text).Match(_ => throw new InvalidOperationException("read"), Assert.Single);

    private static IEnumerable<(string Owner, string Name)> Pairs(JsonNode? node) => Pairs(node, "");

    private static IEnumerable<(string Owner, string Name)> Pairs(JsonNode? node, string holder) => node switch
    {
        JsonArray items => items.SelectMany(item => Pairs(item, holder)),
        JsonObject members => members.SelectMany(member =>
            Pairs(member.Value, member.Key).Prepend(((string?)members["kind"] ?? holder, member.Key))),
        _ => [],
    };

    // The other way around: today's names to former ones.
    private static void Rename(JsonNode? node, string holder)
    {
        if (node is JsonArray items)
            foreach (var item in items)
                Rename(item, holder);
        if (node is not JsonObject members)
            return;
        var owner = members["kind"] is JsonValue own ? (string?)own ?? holder : holder;
        foreach (var (name, value) in members.ToList())
        {
            Rename(value, name);
            if (FormerNames.Members.FirstOrDefault(member => member.Owner == owner && member.New == name) is { } former)
            {
                members.Remove(name);
                members.Add(former.Old, value);
            }
        }
        if (FormerNames.Kinds.FirstOrDefault(kind => kind.Value == owner) is { Key: not null } kind)
            members["kind"] = kind.Key;
    }
}
