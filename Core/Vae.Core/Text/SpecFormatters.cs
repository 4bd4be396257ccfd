using System.Text.Json;
using System.Text.Json.Nodes;

namespace Vae;

[TypeFormatterSource(typeof(SpecFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public partial record VaeSpec;

[TypeFormatterSource(typeof(SpecFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public partial record Experiment;

/// <summary>Shows a spec as a table of its settings, named by the same paths as its problems.</summary>
internal sealed class SpecFormatters
{
    /// <summary>The formatters, found by notebooks by convention.</summary>
    public IEnumerable<object> CreateTypeFormatters() => [
        .. TypeFormatter.Tables<VaeSpec>(spec => Table(spec, SpecJson.Write)),
        .. TypeFormatter.Tables<Experiment>(run => Table(run, SpecJson.Write))];

    // The JSON has every setting and its name, also those of cases added later.
    private static TextTable Table<T>(T spec, Func<T, string> json) where T : class
    {
        try
        {
            return new([], ValueList.From(Rows("", JsonNode.Parse(json(spec))!.AsObject())));
        }
        catch (ArgumentException)
        {
            // A number that is not finite cannot be written as JSON; the record's ToString shows it.
            return new([], [[$"{spec}"]]);
        }
    }

    private static IEnumerable<ValueList<string>> Rows(string path, JsonObject parts) => parts.SelectMany(part =>
        part.Value is JsonObject inner && !inner.ContainsKey("kind")
            ? Rows($"{path}{part.Key}.", inner)
            : [ValueList.From([path + part.Key, Text(part.Value)])]);

    private static string Text(JsonNode? node) => node switch
    {
        JsonArray { Count: 0 } => "none",
        JsonArray items => string.Join(items[0] is JsonObject ? " → " : "×", items.Select(Text)),
        JsonObject choice => Choice(choice),
        _ => $"{node}",
    };

    // An activation layer is shown by its function; a single setting is shown without its name.
    private static string Choice(JsonObject choice)
    {
        var parts = choice.Where(part => part.Key != "kind" && !IsTruth(part.Value, JsonValueKind.False)).ToList();
        return parts switch
        {
            [] => Text(choice["kind"]),
            [{ Key: "function", Value: JsonObject inner }] => Text(inner),
            [var only] when !IsTruth(only.Value, JsonValueKind.True) => $"{choice["kind"]}({Text(only.Value)})",
            _ => $"{choice["kind"]}({string.Join(", ", parts.Select(part =>
                IsTruth(part.Value, JsonValueKind.True) ? part.Key : $"{part.Key} {Text(part.Value)}"))})",
        };
    }

    private static bool IsTruth(JsonNode? node, JsonValueKind truth) => node is JsonValue && node.GetValueKind() == truth;
}
