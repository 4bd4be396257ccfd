using System.Text.Json.Nodes;

namespace Vae.Notebooks;

/// <summary>The outputs of one cell, from the events that the tool sends while it runs.</summary>
internal sealed class ToolOutputs
{
    private readonly List<string> warnings = [];

    /// <summary>The outputs in their order; text printed in pieces is one output.</summary>
    public JsonArray Produced { get; } = [];

    /// <summary>Takes an event. Returns true if it ends the command.</summary>
    public bool Add(string type, JsonNode? content)
    {
        switch (type)
        {
            case "StandardOutputValueProduced":
                Print("stdout", Text(content));
                break;
            case "StandardErrorValueProduced":
                Print("stderr", Text(content));
                break;
            case "DisplayedValueProduced" or "ReturnValueProduced":
                Produced.Add((JsonNode)Shown(Forms(content)));
                break;
            case "DiagnosticsProduced":
                // A reader would see a warning as red text above the output.
                warnings.AddRange(content!["formattedDiagnostics"]!.AsArray().Select(form => (string)form!["value"]!));
                break;
            case "CommandSucceeded":
                foreach (var warning in warnings)
                    Produced.Add((JsonNode)Outputs.Error(warning));
                return true;
            case "CommandFailed":
                Produced.Add((JsonNode)Outputs.Error((string)content!["message"]!));
                return true;
        }
        return false;
    }

    private void Print(string stream, string text)
    {
        if (Produced.LastOrDefault() is JsonObject last && (string?)last["name"] == stream)
            last["text"] = Cell.Lines(Cell.Joined(last["text"]) + text);
        else
            Produced.Add((JsonNode)Outputs.Stream(stream, text));
    }

    // Values without formatters of their own are shown as the tool's trees, which change with what a type holds.
    private static JsonObject Shown(IReadOnlyDictionary<string, string> forms) =>
        forms.Values.Any(form => form.Contains("class=\"dni-", StringComparison.Ordinal))
            ? Outputs.Error("a value that a cell shows must show itself, and this one does not: print it")
            : Outputs.Display(forms);

    private static Dictionary<string, string> Forms(JsonNode? content) => content!["formattedValues"]!.AsArray()
        .ToDictionary(form => (string)form!["mimeType"]!, form => ((string)form!["value"]!).ReplaceLineEndings("\n"));

    private static string Text(JsonNode? content) => string.Concat(Forms(content).Values);
}
