using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Vae;

/// <summary>
/// Reads files of earlier versions: replaces the names that members and kinds had then by those that they have now. Only the new names
/// are written.
/// </summary>
internal static class FormerNames
{
    private const string Kind = "kind";

    /// <summary>The owner of the members of a line of <c>history.jsonl</c>.</summary>
    public const string History = "history";

    /// <summary>A member that was renamed.</summary>
    /// <param name="Owner">The kind of the object that has it, or the member whose value that object is if it has no kind.</param>
    /// <param name="Old">The name in earlier files.</param>
    /// <param name="New">The name today.</param>
    public sealed record Member(string Owner, string Old, string New);

    /// <summary>The members that were renamed.</summary>
    public static ValueList<Member> Members { get; } = [
        new("vaeGan", "critic", "discriminator"),
        new("factor", "critic", "discriminator"),
        new("adversarial", "critic", "discriminator"),
        new("hierarchical", "levels", "hierarchy"),
        new("bernoulli", "grey", "softTargets"),
        new("convTranspose2d", "extraRows", "outputPaddingRows"),
        new("convTranspose2d", "extraColumns", "outputPaddingColumns"),
        new("data", "asGiven", "rawValues"),
        new("data", "without", "excludedClasses"),
        new(History, "held", "validation")];

    /// <summary>The kinds that were renamed, by their earlier names. No hierarchy has one of these today.</summary>
    public static IReadOnlyDictionary<string, string> Kinds { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["plain"] = "bottomUp",
        ["appendCondition"] = "concatenateCondition",
        ["uniformCodes"] = "uniformCodebook",
        ["autoregressive"] = "autoregressiveCodebook",
    };

    private static readonly SearchValues<string> Quoted = SearchValues.Create(
        [.. Members.Select(member => $"\"{member.Old}\""), .. Kinds.Keys.Select(kind => $"\"{kind}\"")], StringComparison.Ordinal);

    /// <summary>The same JSON with today's names; the text itself if it has no former names.</summary>
    /// <param name="json">The text of a file.</param>
    /// <param name="owner">The owner of the outermost members.</param>
    /// <exception cref="JsonException">The text has a former name and is not JSON.</exception>
    public static string Replace(string json, string owner = "")
    {
        if (!json.AsSpan().ContainsAny(Quoted))
            return json;
        try
        {
            using var document = JsonDocument.Parse(json);
            var bytes = new ArrayBufferWriter<byte>();
            using (var writer = new Utf8JsonWriter(bytes))
                Write(writer, document.RootElement, owner);
            return Encoding.UTF8.GetString(bytes.WrittenSpan);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // Half a surrogate pair: reading the text itself reports it.
            return json;
        }
    }

    // A member that stands twice is written twice, so that reading finds it.
    private static void Write(Utf8JsonWriter writer, JsonElement element, string holder)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var owner = KindOf(element) ?? holder;
                writer.WriteStartObject();
                foreach (var member in element.EnumerateObject())
                    Write(writer, member, owner);
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                    Write(writer, item, holder);
                writer.WriteEndArray();
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    private static void Write(Utf8JsonWriter writer, JsonProperty member, string owner)
    {
        var name = Members.FirstOrDefault(former => former.Owner == owner && former.Old == member.Name)?.New ?? member.Name;
        writer.WritePropertyName(name);
        if (name == Kind && member.Value.ValueKind == JsonValueKind.String && Kinds.TryGetValue(member.Value.GetString()!, out var kind))
            writer.WriteStringValue(kind);
        else
            Write(writer, member.Value, name);
    }

    private static string? KindOf(JsonElement element) =>
        element.TryGetProperty(Kind, out var kind) && kind.ValueKind == JsonValueKind.String ? kind.GetString() : null;
}
