using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Vae.Notebooks;

/// <summary>A Jupyter notebook file of format 4. Setting outputs changes the tree that <see cref="Text"/> writes.</summary>
public sealed class Notebook
{
    private static readonly JsonSerializerOptions Written = new()
    {
        // As Jupyter writes it: a change of one output is then a change of its lines only.
        WriteIndented = true,
        IndentSize = 1,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NewLine = "\n",
    };

    private Notebook(string path, JsonObject root) => (Path, Root) = (path, root);

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>The whole file.</summary>
    public JsonObject Root { get; }

    /// <summary>The file name without ending.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>Its one language; null where the kernelspec names no kernel of .NET.</summary>
    public Language? Language => Language.FromKernel((string?)Root["metadata"]?["kernelspec"]?["name"] ?? "");

    /// <summary>All cells.</summary>
    public IReadOnlyList<Cell> Cells => [.. (Root["cells"] as JsonArray ?? []).OfType<JsonObject>().Select(node => new Cell(node))];

    /// <summary>The cells that are executed.</summary>
    public IReadOnlyList<Cell> Code => [.. Cells.Where(cell => cell.IsCode)];

    /// <summary>The file as it is written.</summary>
    public string Text => Root.ToJsonString(Written) + "\n";

    /// <summary>Of a file.</summary>
    public static Notebook Read(string path) => Parse(path, File.ReadAllText(path));

    /// <summary>Of text, as if it stood in a file.</summary>
    public static Notebook Parse(string path, string text) =>
        new(path, JsonNode.Parse(text)?.AsObject() ?? throw new JsonException($"{path}: must be an object, got null"));

    /// <summary>All notebooks of a folder, by name.</summary>
    public static IReadOnlyList<Notebook> In(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.ipynb").Order(StringComparer.Ordinal).Select(Read)];
}

/// <summary>A cell of a notebook, over its JSON.</summary>
public sealed class Cell(JsonObject node)
{
    /// <summary>Its JSON.</summary>
    public JsonObject Node => node;

    /// <summary>Unique in the notebook; empty where there is none.</summary>
    public string Id => (string?)node["id"] ?? "";

    /// <summary>
    /// How far decimal numbers of its outputs may differ, as a share of them: what its metadata says, else what rounding makes of a
    /// training run.
    /// </summary>
    public double Tolerance => (double?)node["metadata"]?["tolerance"] ?? Vae.Notebooks.Outputs.Tolerance;

    /// <summary>Whether it is executed.</summary>
    public bool IsCode => (string?)node["cell_type"] == "code";

    /// <summary>Its text.</summary>
    public string Source => Joined(node["source"]);

    /// <summary>What is stored of its last execution.</summary>
    public JsonArray Outputs
    {
        get => node["outputs"] as JsonArray ?? [];
        set => node["outputs"] = value;
    }

    /// <summary>Text that the format allows to be one string or a list of lines.</summary>
    public static string Joined(JsonNode? text) => text switch
    {
        JsonArray lines => string.Concat(lines.Select(line => (string?)line)),
        null => "",
        _ => (string?)text ?? "",
    };

    /// <summary>Text as a list of lines, each with its end.</summary>
    public static JsonArray Lines(string text)
    {
        var lines = text.Split('\n');
        return [.. lines.Select((line, i) => i < lines.Length - 1 ? line + "\n" : line).Where(line => line.Length > 0)
            .Select(line => (JsonNode)line)];
    }
}
