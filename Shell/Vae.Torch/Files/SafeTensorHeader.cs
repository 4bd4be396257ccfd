using System.Text.Json;

namespace Vae.Torch;

/// <summary>The JSON header of a safetensors file, checked against the bytes that follow it.</summary>
internal static class SafeTensorHeader
{
    /// <summary>A tensor's entry: its bytes are <paramref name="Length"/> bytes from <paramref name="Begin"/> after the header.</summary>
    public sealed record Entry(string Name, string Dtype, ValueList<long> Shape, long Begin, long Length);

    /// <summary>Parses a header; entries come in the order of their bytes.</summary>
    /// <exception cref="VaeException">The header is malformed, or does not describe the file's data exactly.</exception>
    public static (List<Entry> Entries, Dictionary<string, string> Metadata) Parse(byte[] header, string path, long dataLength)
    {
        try
        {
            using var json = JsonDocument.Parse(header, new() { AllowDuplicateProperties = false, MaxDepth = 8 });
            var entries = new List<Entry>();
            var metadata = new Dictionary<string, string>();
            foreach (var property in Members(json.RootElement, path))
                if (property.Name == SafeTensors.MetadataKey)
                    metadata = Members(property.Value, $"{path}:{property.Name}")
                        .ToDictionary(p => p.Name, p => Text(p.Value, $"{path}:{property.Name}.{p.Name}"));
                else
                    entries.Add(ReadEntry(property, path));
            // An empty tensor lies where its neighbour begins, so length decides between equals.
            var ordered = entries.OrderBy(e => e.Begin).ThenBy(e => e.Length).ToList();
            CheckCover(ordered, path, dataLength);
            return (ordered, metadata);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string is not valid UTF-8 or UTF-16.
            throw new VaeException($"{path}: must have a JSON header without duplicate keys, got: {e.Message}", e);
        }
    }

    private static Entry ReadEntry(JsonProperty property, string path)
    {
        var place = $"{path}:{property.Name}";
        var members = Members(property.Value, place).ToDictionary(m => m.Name, m => m.Value);
        if (members.Count != 3 || !members.ContainsKey("dtype") || !members.ContainsKey("shape") || !members.ContainsKey("data_offsets"))
            throw new VaeException($"{place}: must have dtype, shape and data_offsets, got {string.Join(", ", members.Keys)}");
        var dtype = Text(members["dtype"], $"{place}.dtype");
        var shape = Numbers(members["shape"], $"{place}.shape");
        var offsets = Numbers(members["data_offsets"], $"{place}.data_offsets");
        if (SafeTensors.Size(dtype) == 0)
            throw new VaeException($"{place}.dtype: must be F64, F32, BF16, I64 or U8, got {dtype}");
        if (offsets.Count != 2 || offsets[0] > offsets[1] || offsets[1] - offsets[0] != SafeTensors.Bytes(dtype, shape))
            throw new VaeException($"{place}.data_offsets: must span the bytes of {dtype} of shape [{string.Join(", ", shape)}], "
                + $"got [{string.Join(", ", offsets)}]");
        return new(property.Name, dtype, shape, offsets[0], offsets[1] - offsets[0]);
    }

    private static void CheckCover(List<Entry> ordered, string path, long dataLength)
    {
        var end = 0L;
        foreach (var entry in ordered)
        {
            if (entry.Begin != end)
                throw new VaeException($"{path}:{entry.Name}: must begin at {end}, where the tensor before it ends, got {entry.Begin}");
            end += entry.Length;
        }
        if (end != dataLength)
            throw new VaeException($"{path}: must hold the {end} bytes of its tensors after the header, got {dataLength}");
    }

    private static IEnumerable<JsonProperty> Members(JsonElement element, string place) =>
        element.ValueKind == JsonValueKind.Object
            ? element.EnumerateObject()
            : throw new VaeException($"{place}: must be a JSON object, got {element.ValueKind}");

    private static string Text(JsonElement element, string place) =>
        element.ValueKind == JsonValueKind.String
            ? element.GetString() ?? ""
            : throw new VaeException($"{place}: must be a text, got {element.ValueKind}");

    private static ValueList<long> Numbers(JsonElement element, string place) =>
        element.ValueKind == JsonValueKind.Array
            ? [.. element.EnumerateArray().Select(e => e.ValueKind == JsonValueKind.Number && e.TryGetInt64(out var n) && n >= 0
                ? n
                : throw new VaeException($"{place}: must be whole numbers of at least 0, got {e}"))]
            : throw new VaeException($"{place}: must be a list of numbers, got {element.ValueKind}");
}
