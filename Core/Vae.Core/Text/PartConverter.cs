using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vae;

/// <summary>
/// Writes a custom component as its name and settings, and reads it by its name among the known components; no type is loaded.
/// </summary>
internal sealed class PartConverter<TPart>(ValueList<TPart> known) : JsonConverter<TPart> where TPart : class, IPart<TPart>
{
    private sealed record Form(string Name, ValueList<double>? Settings = null);

    private string Names => known.Count == 0 ? "none" : string.Join(", ", known.Select(part => part.Name));

    public override TPart Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var form = JsonSerializer.Deserialize<Form>(ref reader, options) ?? throw new JsonException("null");
        var part = known.FirstOrDefault(part => part.Name == form.Name)
            ?? throw JsonErrors.Broken($"must be one of the components passed with the file ({Names})", $"'{form.Name}'");
        try
        {
            return part.With(form.Settings ?? []);
        }
        // The code of an application may throw anything.
        catch (Exception e)
        {
            throw JsonErrors.Broken(
                $"must have settings that {form.Name} takes ({e.Message})", $"[{string.Join(", ", form.Settings ?? [])}]");
        }
    }

    public override void Write(Utf8JsonWriter writer, TPart value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, new Form(value.Name, value.Settings), options);
}
