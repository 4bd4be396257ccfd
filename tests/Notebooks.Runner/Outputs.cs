using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Vae.Notebooks;

/// <summary>Outputs of cells: made, and those that are stored compared with those that were produced.</summary>
public static partial class Outputs
{
    // Another processor rounds otherwise, and a training run carries that on: losses then differ in their third or fourth digit.
    internal const double Tolerance = 0.02;

    private const string Png = "image/png", PngSignature = "iVBORw0KGgo";

    /// <summary>Text that a cell printed.</summary>
    public static JsonObject Stream(string name, string text) =>
        new() { ["name"] = name, ["output_type"] = "stream", ["text"] = Cell.Lines(text) };

    /// <summary>A value that a cell showed, by MIME type.</summary>
    public static JsonObject Display(IReadOnlyDictionary<string, string> data) => new()
    {
        ["data"] = new JsonObject(data.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)(pair.Key == Png ? pair.Value : Cell.Lines(pair.Value))))),
        ["metadata"] = new JsonObject(),
        ["output_type"] = "display_data",
    };

    /// <summary>A cell that failed.</summary>
    public static JsonObject Error(string text) =>
        new() { ["ename"] = "Error", ["evalue"] = text, ["output_type"] = "error", ["traceback"] = new JsonArray() };

    /// <summary>What failed in outputs that were produced.</summary>
    public static IEnumerable<string> Failures(string cell, JsonArray produced) => produced.OfType<JsonObject>()
        .Select(output => (string?)output["output_type"] == "error" ? $"{cell}: failed: {output["evalue"]}"
            : (string?)output["name"] == "stderr" ? $"{cell}: wrote an error: {Cell.Joined(output["text"])}" : "")
        .Where(problem => problem.Length > 0);

    /// <summary>How what is stored differs from what was produced: texts in anything but rounding, pictures in presence and size.</summary>
    public static IReadOnlyList<string> Differences(string cell, JsonArray stored, JsonArray produced, double tolerance = Tolerance) =>
        stored.Count != produced.Count
            ? [$"{cell}.outputs: must be the {produced.Count} that the cell gives ({Kinds(produced)}), got {stored.Count} "
                + $"({Kinds(stored)})"]
            : [.. stored.Zip(produced).SelectMany(pair => Differences(cell, pair.First!.AsObject(), pair.Second!.AsObject(), tolerance))];

    /// <summary>What is wrong with the pictures of an output.</summary>
    public static IEnumerable<string> PictureProblems(string cell, JsonObject output) => (output["data"] as JsonObject ?? [])
        .Where(pair => pair.Key.StartsWith("image/", StringComparison.Ordinal)
            && (pair.Key != Png || !Cell.Joined(pair.Value).StartsWith(PngSignature, StringComparison.Ordinal)))
        .Select(pair => $"{cell}.outputs: must hold pictures as PNG, got {pair.Key}");

    private static IEnumerable<string> Differences(string cell, JsonObject stored, JsonObject produced, double tolerance)
    {
        JsonObject before = Texts(stored), now = Texts(produced);
        string was = string.Join(", ", before.Select(pair => pair.Key)), becomes = string.Join(", ", now.Select(pair => pair.Key));
        if (was != becomes)
            return [$"{cell}.outputs: must hold {becomes}, got {was}"];
        return now.Where(pair => !Same(pair.Key, Cell.Joined(before[pair.Key]), Cell.Joined(pair.Value), tolerance))
            .Select(pair => pair.Key == Png
                ? $"{cell}.outputs: must hold a picture of the size that the cell gives, got another"
                : $"{cell}.outputs: must be\n{Cell.Joined(pair.Value)}\ngot\n{Cell.Joined(before[pair.Key])}");
    }

    private static JsonObject Texts(JsonObject output) =>
        output["data"] as JsonObject ?? new JsonObject { [$"stream {output["name"]}"] = output["text"]?.DeepClone() };

    private static bool Same(string mime, string stored, string produced, double tolerance) =>
        mime == Png ? PngSize(stored) == PngSize(produced)
            : SameText(DataUri().Replace(stored, ""), DataUri().Replace(produced, ""), tolerance);

    /// <summary>Equal but for decimal numbers, which may differ as rounding makes them.</summary>
    public static bool SameText(string stored, string produced, double tolerance = Tolerance)
    {
        var (before, now) = (Decimal().Matches(stored), Decimal().Matches(produced));
        return before.Count == now.Count && Spaces().Replace(Decimal().Replace(stored, "0.0"), " ") == Spaces()
            .Replace(Decimal().Replace(produced, "0.0"), " ")
            && before.Zip(now).All(pair => Near(pair.First.Value, pair.Second.Value, tolerance));
    }

    private static bool Near(string a, string b, double tolerance)
    {
        double x = Number(a), y = Number(b), unit = Math.Pow(10, -(a.Length - 1 - a.IndexOf('.')));
        return Math.Abs(x - y) <= tolerance * Math.Max(Math.Abs(x), Math.Abs(y)) + 1.5 * unit;
    }

    private static double Number(string text) =>
        double.Parse(text, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    // The first 24 bytes of a PNG file hold its width and height.
    private static string PngSize(string base64) =>
        base64.Length >= 32 && base64.StartsWith(PngSignature, StringComparison.Ordinal)
            ? Convert.ToHexString(Convert.FromBase64String(base64[..32]).AsSpan(16, 8)) : "no PNG";

    private static string Kinds(JsonArray outputs) => outputs.Count == 0 ? "none"
        : string.Join(", ", outputs.Select(
            output => output?["data"] is JsonObject data ? string.Join("+", data.Select(pair => pair.Key)) : $"{output?["output_type"]}"));

    [GeneratedRegex(@"\d[\d,]*\.\d+")]
    private static partial Regex Decimal();

    // Columns are as wide as their numbers.
    [GeneratedRegex(" +")]
    private static partial Regex Spaces();

    [GeneratedRegex("data:image/png;base64,[A-Za-z0-9+/=]+")]
    private static partial Regex DataUri();
}
