using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using FsCheck.Xunit;

namespace Vae.Tests;

public class JsonSchemaTests
{
    private static readonly JsonObject Model = JsonNode.Parse(SpecJson.ModelSchema())!.AsObject();
    private static readonly JsonObject Run = JsonNode.Parse(SpecJson.ExperimentSchema())!.AsObject();
    private static readonly JsonObject OfSampler = JsonNode.Parse(SpecJson.SamplerSchema())!.AsObject();

    [Property(Replay = "41,43", MaxTest = 300, Arbitrary = [typeof(Generators)])]
    public void TheSchemaAcceptsEveryRunThatIsWritten(Experiment run) =>
        Assert.Null(Fault(Run, JsonNode.Parse(SpecJson.Write(run)), Run));

    [Property(Replay = "41,45", MaxTest = 300, Arbitrary = [typeof(Generators)])]
    public void TheSchemaAcceptsEveryModelThatIsWritten(VaeSpec spec) =>
        Assert.Null(Fault(Model, JsonNode.Parse(SpecJson.Write(spec)), Model));

    [Property(Replay = "41,47", MaxTest = 300, Arbitrary = [typeof(Generators)])]
    public void WhatIsLeftOutIsItsDefault(Experiment run)
    {
        var shorter = Shortened(Run, JsonNode.Parse(SpecJson.Write(run)), Run)!;
        Assert.Equal(new Validated<Experiment>.Valid(run), SpecJson.ReadExperiment(shorter.ToJsonString()));
        Assert.Null(Fault(Run, shorter, Run));
    }

    [Property(Replay = "41,47", MaxTest = 100, Arbitrary = [typeof(Generators)])]
    public void TheSchemaAcceptsEverySamplerThatIsWritten(Sampler sampler) =>
        Assert.Null(Fault(OfSampler, JsonNode.Parse(SpecJson.Write(sampler)), OfSampler));

    [Fact]
    public void TheSchemaAcceptsARunOfPartsOfAnApplication() =>
        Assert.Null(Fault(Run, JsonNode.Parse(SpecJson.Write(Parts.Run)), Run));

    [Theory]
    [InlineData("\"latent\":", "\"latnt\":")]
    [InlineData("\"relu\"", "\"rleu\"")]
    [InlineData("\"latent\": 20", "\"latent\": \"20\"")]
    [InlineData("\"latent\": 20", "\"latent\": null")]
    [InlineData("\"width\": 400", "\"width\": 400, \"bias\": true")]
    public void TheSchemaRefusesWhatReadingRefuses(string from, string to)
    {
        var text = SpecJson.Write(Zoo.Mlp(Shape.Vector(4))).Replace(from, to, StringComparison.Ordinal);
        Assert.IsType<Validated<VaeSpec>.Invalid>(SpecJson.ReadModel(text));
        Assert.NotNull(Fault(Model, JsonNode.Parse(text), Model));
    }

    [Fact]
    public void EveryCaseIsInTheSchema()
    {
        var hierarchies = typeof(VaeSpec).Assembly.GetExportedTypes()
            .Where(type => type.GetCustomAttributes<JsonDerivedTypeAttribute>().Any()).ToList();
        Assert.NotEmpty(hierarchies);
        Assert.All(hierarchies, type => Assert.Equal(
            type.GetCustomAttributes<JsonDerivedTypeAttribute>().Select(a => (string)a.TypeDiscriminator!).Order(),
            (type == typeof(Sampler) ? OfSampler : Run["$defs"]![type.Name]!)["anyOf"]!.AsArray()
                .Select(c => (string)c!["properties"]!["kind"]!["const"]!).Order()));
    }

    [Fact]
    public void EveryReferenceHasItsDefinition()
    {
        foreach (var root in new[] { Model, Run, OfSampler })
            Assert.All(All(root).OfType<JsonObject>().Where(o => o.ContainsKey("$ref")),
                o => Assert.True(root["$defs"]!.AsObject().ContainsKey(((string)o["$ref"]!)["#/$defs/".Length..])));
    }

    /// <summary>A value without the members that are what its schema says of their absence.</summary>
    private static JsonNode? Shortened(JsonObject schema, JsonNode? value, JsonObject root)
    {
        if (schema["$ref"] is { } to)
            return Shortened(root["$defs"]![((string)to!)["#/$defs/".Length..]]!.AsObject(), value, root);
        if (schema["anyOf"] is JsonArray cases)
            return Shortened(
                cases.Single(one => JsonNode.DeepEquals(one!["properties"]!["kind"]!["const"], value!["kind"]))!.AsObject(), value, root);
        if (value is JsonArray items)
            return new JsonArray([.. items.Select(item => Shortened(schema["items"]?.AsObject() ?? [], item, root))]);
        return value is not JsonObject members || schema["properties"] is not JsonObject known ? value?.DeepClone()
            : new JsonObject(members.Where(member => !(known[member.Key]!.AsObject().TryGetPropertyValue("default", out var absent)
                && JsonNode.DeepEquals(absent, member.Value)))
                .Select(member => KeyValuePair.Create(member.Key, Shortened(known[member.Key]!.AsObject(), member.Value, root))));
    }

    private static IEnumerable<JsonNode> All(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(p => All(p.Value)).Prepend(o),
        JsonArray a => a.SelectMany(All).Prepend(a),
        _ => [],
    };

    /// <summary>
    /// The first place where a value breaks the keywords that our schemas use, or null; any other keyword is a fault too.
    /// </summary>
    private static string? Fault(JsonObject schema, JsonNode? value, JsonObject root, string path = "$") =>
        schema.Select(keyword => keyword.Key switch
        {
            "$schema" or "$defs" or "default" or "description" => null,
            "$ref" => Fault(root["$defs"]![((string)keyword.Value!)["#/$defs/".Length..]]!.AsObject(), value, root, path),
            "type" => Types(keyword.Value!).Contains(Kind(value)) || (Kind(value) == "integer" && Types(keyword.Value!).Contains("number"))
                ? null : $"{path}: {Kind(value)}",
            "const" => JsonNode.DeepEquals(keyword.Value, value) ? null : $"{path}: {value}",
            "minimum" => value!.GetValue<double>() >= keyword.Value!.GetValue<double>() ? null : $"{path}: {value}",
            "required" => keyword.Value!.AsArray().FirstOrDefault(name => !value!.AsObject().ContainsKey((string)name!)) is { } missing
                ? $"{path}: no {missing}" : null,
            "properties" => value!.AsObject().Where(p => keyword.Value!.AsObject().ContainsKey(p.Key))
                .Select(p => Fault(keyword.Value![p.Key]!.AsObject(), p.Value, root, $"{path}.{p.Key}")).FirstOrDefault(f => f is not null),
            "additionalProperties" => value!.AsObject().FirstOrDefault(p => !schema["properties"]!.AsObject().ContainsKey(p.Key))
                .Key is { } extra ? $"{path}: {extra}" : null,
            "items" => value!.AsArray().Select((item, i) => Fault(keyword.Value!.AsObject(), item, root, $"{path}[{i}]"))
                .FirstOrDefault(f => f is not null),
            "anyOf" => keyword.Value!.AsArray().Select(s => Fault(s!.AsObject(), value, root, path)).ToList() is var faults
                && faults.Contains(null)
                ? null : string.Join(" | ", faults),
            var other => $"unknown keyword {other}",
        }).FirstOrDefault(fault => fault is not null);

    private static IEnumerable<string> Types(JsonNode type) =>
        type is JsonArray several ? several.Select(t => (string)t!) : [(string)type!];

    private static string Kind(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject => "object",
        JsonArray => "array",
        JsonValue v when v.TryGetValue<bool>(out _) => "boolean",
        JsonValue v when v.TryGetValue<string>(out _) => "string",
        JsonValue v => v.TryGetValue<long>(out _) || v.TryGetValue<ulong>(out _) ? "integer" : "number",
        _ => "unknown",
    };
}
