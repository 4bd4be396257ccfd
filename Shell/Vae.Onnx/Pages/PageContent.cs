using System.Globalization;
using System.Text.Json.Nodes;
using TorchSharp;

namespace Vae.Torch;

/// <summary>The content of a page: the model's graphs, and examples with their codes.</summary>
internal static class PageContent
{
    public static PageText Of(VaeModel model, Dataset data, ExplorerOptions options)
    {
        var (spec, weights, table) = (model.Spec, new PageWeights(), data.Schema.IsTable);
        var content = new JsonObject
        {
            ["latent"] = spec.Latent,
            ["sphere"] = Posteriors.Support(spec.Posterior) == Supports.Sphere,
            ["noise"] = spec.Prior.Formulas().Noise(spec.Latent),
            ["shape"] = Numbers(Likelihoods.MeanShape(spec.Likelihood, spec.Input).Dims.Select(dim => (double)dim)),
            ["input"] = Numbers(spec.Input.Dims.Select(dim => (double)dim)),
            ["parameters"] = Numbers(Wiring.DecoderOutput(spec).Dims.Select(dim => (double)dim)),
            ["summary"] = Summary(spec),
            ["report"] = options.Report,
            ["decoder"] = PageGraphs.ToJson(PageGraphs.Decoder(model), weights),
            ["prior"] = PageGraphs.Prior(model) is { } draws ? PageGraphs.ToJson(draws, weights) : null,
            ["terms"] = table ? PageGraphs.ToJson(PageGraphs.Terms(model), weights) : null,
            ["schema"] = table ? JsonNode.Parse(SpecJson.Write(data.Schema)) : null,
            ["isOfTable"] = table && spec.Likelihood == Likelihoods.OfTable(data.Schema, spec.Likelihood.Formulas().TakesMask),
            ["condition"] = Condition(spec.Condition, data),
            ["examples"] = PageExamples.Of(model, data, options),
        };
        var title = options.Title.Length > 0 ? options.Title : Path.GetFileName(Path.TrimEndingDirectorySeparator(data.Name));
        return new(title, content.ToJsonString(), weights.ToBase64());
    }

    /// <summary>Numbers as JSON.</summary>
    public static JsonArray Numbers(IEnumerable<double> values) => new([.. values.Select(value => (JsonNode)value)]);

    /// <summary>Texts as JSON.</summary>
    public static JsonArray Texts(IEnumerable<string> values) => new([.. values.Select(value => (JsonNode)value)]);

    private static string Summary(VaeSpec spec)
    {
        var kind = CardText.Kind(spec);
        var of = string.Create(CultureInfo.InvariantCulture,
            $"{(kind[0] == 'a' ? "An" : "A")} {kind} with {spec.Latent} latent {(spec.Latent == 1 ? "dimension" : "dimensions")}, ");
        return of + $"posterior {Posteriors.Name(spec.Posterior)}, prior {Priors.Name(spec.Prior)}, "
            + $"likelihood {Likelihoods.Name(spec.Likelihood)}.";
    }

    // What a reader may choose freely; other conditions are those of the examples.
    private static JsonObject Condition(Condition condition, Dataset data) => condition switch
    {
        Vae.Condition.Label label => new()
        {
            ["choices"] = new JsonArray(new JsonObject
            {
                ["name"] = "Class",
                ["texts"] = Texts(Enumerable.Range(0, label.Classes).Select(place => place < data.Classes.Count ? data.Classes[place]
                    : place.ToString(CultureInfo.InvariantCulture))),
            }),
        },
        Vae.Condition.Labels labels => new()
        {
            ["choices"] = new JsonArray([.. labels.Classes.Select((classes, i) => (JsonNode)new JsonObject
            {
                ["name"] = $"Label {i + 1}",
                ["texts"] = Texts(Enumerable.Range(0, classes).Select(label => label.ToString(CultureInfo.InvariantCulture))),
            })]),
        },
        Vae.Condition.Vector vector => new() { ["numbers"] = vector.Width },
        _ => new(),
    };
}
