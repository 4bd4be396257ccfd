using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vae;

/// <summary>A part of an application as its name and its settings; read by finding the name among those that are given, never by a type.</summary>
internal sealed class PartConverter<TPart>(ValueList<TPart> known) : JsonConverter<TPart> where TPart : class, IPart<TPart>
{
    private sealed record Form(string Name, ValueList<double>? Settings = null);

    public override TPart Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var form = JsonSerializer.Deserialize<Form>(ref reader, options) ?? throw new JsonException("null");
        var part = known.FirstOrDefault(part => part.Name == form.Name)
            ?? throw JsonErrors.Broken($"must be among the parts given to read it with ({(known.Count == 0 ? "none" : string.Join(", ", known.Select(part => part.Name)))})", $"'{form.Name}'");
        try
        {
            return part.With(form.Settings ?? []);
        }
        // It is the code of an application, which may throw anything.
        catch (Exception e)
        {
            throw JsonErrors.Broken($"must have settings that {form.Name} takes ({e.Message})", $"[{string.Join(", ", form.Settings ?? [])}]");
        }
    }

    public override void Write(Utf8JsonWriter writer, TPart value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, new Form(value.Name, value.Settings), options);
}
