using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using TorchSharp;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace Vae.Torch.Tests;

/// <summary>The graphs of a page give in JavaScript what the library gives.</summary>
public sealed class GraphTests(ITestOutputHelper output)
{
    private const int Models = 24;

    // Of the largest value that takes part.
    private const double Tolerance = 1e-4;

    private sealed record Question(string Name, JsonNode Given, double[][] Expected);

    private const string Answers =
        """
        given.map(({ graph, weights, inputs }) => Object.values(compiled(graph, floatsOf(weights))(Object.fromEntries(
            Object.entries(inputs).map(([name, { dims, data }]) => [name, tensorOf(dims, Float64Array.from(data))])))).map(
                ({ data }) => Array.from(data, value => Number.isFinite(value) ? value : String(value))))
        """;

    [Fact]
    public async Task EveryLayerLikelihoodAndPriorAgrees()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var seed = 0UL;
        var questions = RandomModels.Specs(Models).SelectMany(spec => Questions(spec, ++seed)).ToList();
        Assert.True(questions.Count > 2 * Models);
        if (!Scripts.CanRun)
        {
            output.WriteLine("neither node nor chromium is installed: the script is not run");
            return;
        }
        var found = await Scripts.Run(Answers, new JsonArray([.. questions.Select(question => question.Given)]));
        var largest = questions.Select((question, i) => Gap(question, found[i]!.AsArray())).Max();
        output.WriteLine($"{questions.Count} graphs, largest difference {largest:0.0e+0} of the largest value");
        Assert.InRange(largest, 0, Tolerance);
    }

    [Fact]
    public async Task TheScriptHasTheOperatorsThatAreAllowed()
    {
        Assert.Equal(PageGraphs.Operators, PageGraphs.Operators.Order(StringComparer.Ordinal));
        if (Scripts.CanRun)
            Assert.Equal(PageGraphs.Operators, (await Scripts.Run("Object.keys(operators).sort()", new JsonArray())).AsArray()
                .Select(name => (string)name!));
    }

    private static double Gap(Question question, JsonArray found)
    {
        Assert.Equal(question.Expected.Length, found.Count);
        return question.Expected.Zip(found, (expected, values) => Gap(question.Name, expected, values!.AsArray())).Max();
    }

    private static double Gap(string name, double[] expected, JsonArray found)
    {
        Assert.True(expected.Length == found.Count, $"{name}: {expected.Length} and {found.Count} values");
        var scale = 1 + expected.Select(Math.Abs).Where(double.IsFinite).DefaultIfEmpty(0).Max();
        return expected.Zip(found, (value, other) =>
        {
            if (double.IsFinite(value) && other!.GetValueKind() != System.Text.Json.JsonValueKind.String)
                return Math.Abs(value - (double)other) / scale;
            // JavaScript writes NaN and Infinity as .NET's invariant culture does.
            Assert.True(value.ToString(System.Globalization.CultureInfo.InvariantCulture) == other!.ToString(),
                $"{name}: {value} and {other}");
            return 0;
        }).DefaultIfEmpty(0).Max();
    }

    private static IEnumerable<Question> Questions(VaeSpec spec, ulong seed)
    {
        using var model = new VaeModel(spec, seed);
        var condition = Samples.Condition(spec, 1)?.sigmoid();
        var z = Samples.Draws(seed, Purpose.Prior, 1, spec.Latent);
        Tensor decoded = model.Decode(z, condition);
        yield return Asked($"{seed}: {spec}", PageGraphs.Decoder(model), [("z", z), ("condition", condition)],
            decoded.ToDoubles(), model.DecodeMean(z, condition).ToDoubles());
        if (PageGraphs.Prior(model) is { } prior)
        {
            var noise = Samples.Draws(seed, Purpose.Evaluate, 1, spec.Prior.Formulas().Noise(spec.Latent));
            yield return Asked($"{seed}: {spec.Prior}", prior, [("noise", noise), ("condition", condition)],
                Priors.Sample<TorchTensor>(spec.Prior, noise, model.PriorState(1, new(condition))).Tensor.ToDoubles());
        }
        var x = Samples.Inputs(spec, 1).round();
        yield return Asked($"{seed}: {spec.Likelihood}", PageGraphs.Terms(model), [("parameters", decoded), ("x", x)],
            Likelihoods.NegLogDensityPerValue<TorchTensor>(spec.Likelihood, decoded, x, model.State("likelihood")).Tensor.ToDoubles());
    }

    private static Question Asked(string name, byte[] graph, (string Name, Tensor? Value)[] inputs, params double[][] expected)
    {
        var (weights, given) = (new PageWeights(), new JsonObject());
        foreach (var (input, value) in inputs)
            if (value is not null)
                given[input] = new JsonObject
                {
                    ["dims"] = PageContent.Numbers(value.shape.Select(dim => (double)dim)),
                    ["data"] = PageContent.Numbers(value.ToDoubles()),
                };
        return new(name, new JsonObject
        {
            ["graph"] = PageGraphs.ToJson(graph, weights),
            ["weights"] = weights.ToBase64(),
            ["inputs"] = given,
        }, expected);
    }
}
