using System.Text.Json.Nodes;
using Xunit.Abstractions;

namespace Vae.Torch.Tests;

/// <summary>Colours and decoded rows of a page of a table.</summary>
public sealed class RowTests(ITestOutputHelper output)
{
    private const int Many = 100;

    // Zeros, of which one is missing, are below the positive numbers, whose scaled logarithms may be negative.
    [Fact]
    public async Task EqualValuesShareARankAndZerosAreLowest()
    {
        if (!CanRun())
            return;
        var schema = new TableSchema([new("rain", new ColumnKind.ZeroInflated(0, 1))]);
        double[][] rows = [[1, -2, 1, 1], [0, 0, 1, 0], [1, 3, 1, 1], [0, 0, 1, 0], [0, 0, 0, 0], [1, 3, 1, 1]];
        var found = await Scripts.Run(
            "coloringsOf(given.content, { count: given.rows.length, values: i => given.rows[i] })[0].ranks.map(rank => String(rank))",
            new JsonObject
            {
                ["content"] = Content(schema, isOfTable: true),
                ["rows"] = new JsonArray([.. rows.Select(row => (JsonNode)PageContent.Numbers(row))]),
            });
        Assert.Equal(["0.5", "0.125", "0.875", "0.125", "NaN", "0.875"], found.AsArray().Select(rank => (string)rank!));
    }

    [Fact]
    public async Task TheLikeliestOfManyClassesIsShownAndADensityIsNoProbability()
    {
        if (!CanRun())
            return;
        var schema = new TableSchema([
            new("kind", new ColumnKind.Categorical(ValueList.From(Enumerable.Range(0, Many).Select(i => $"class {i}"))))]);
        // −ln p of a class k: certain is the class 90.
        const string answer = """
            given.map(content => answersOf(content, { terms: (_, x) => x.map(k => k === 90 ? 0.01 : 9) }, { mean: [3], parameters: [] }))
            """;
        var found = await Scripts.Run(answer, new JsonArray(Content(schema, isOfTable: true), Content(schema, isOfTable: false)));
        Assert.Equal("class 90", (string)found[0]![0]!["text"]!);
        Assert.Equal(Math.Exp(-0.01), (double)found[0]![0]!["probability"]!, 1e-9);
        Assert.Equal("""{"text":"class 3"}""", found[1]![0]!.ToJsonString());
    }

    [Fact]
    public void APageKnowsWhetherItsLikelihoodIsThatOfTheTable()
    {
        var schema = new TableSchema([new("size", new ColumnKind.Continuous(ColumnTransforms.None))]);
        foreach (var isOfTable in new[] { true, false })
        {
            var likelihood = isOfTable ? Likelihoods.OfTable(schema, isMasked: false) : Likelihoods.Laplace(Scales.Learned);
            using var model = new VaeModel(Zoo.Mlp(Shape.Vector(1), latent: 2, hidden: 4).With(likelihood: likelihood), 1);
            using var folder = new TempFolder();
            File.WriteAllText(folder["sizes.csv"], "size\n1\n2\n");
            var page = PageTests.Written(model, TableFile.Open(folder["sizes.csv"]).Read(schema, isMasked: false));
            Assert.Contains($"\"isOfTable\":{(isOfTable ? "true" : "false")}", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AConditionHasAChoiceForEachOfItsClasses()
    {
        using var model = new VaeModel(Zoo.Mlp(TinyRuns.Input, latent: 2, hidden: 4).With(condition: Conditions.Label(12)), 1);
        var content = PageContent.Of(model, TinyRuns.Digits().Test, new()).Data;
        var texts = JsonNode.Parse(content)!["condition"]!["choices"]![0]!["texts"]!.AsArray().Select(text => (string)text!).ToList();
        Assert.Equal(12, texts.Count);
        Assert.Equal(["10", "11"], texts[10..]);
    }

    private static JsonObject Content(TableSchema schema, bool isOfTable) => new()
    {
        ["schema"] = JsonNode.Parse(SpecJson.Write(schema)),
        ["shape"] = new JsonArray(schema.Width),
        ["input"] = new JsonArray(schema.Width),
        ["isOfTable"] = isOfTable,
    };

    private bool CanRun()
    {
        if (!Scripts.CanRun)
            output.WriteLine("neither node nor chromium is installed: the script is not run");
        return Scripts.CanRun;
    }
}
